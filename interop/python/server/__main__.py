"""Starts the server; the flags are those of `cargo run -p ecommerce`."""

import argparse
import signal
import threading
from concurrent import futures
from pathlib import Path

import grpc
from grpc_reflection.v1alpha import reflection

from ecommerce_stubs import (
    chat_pb2_grpc,
    file_pb2_grpc,
    health_pb2_grpc,
    shop_health_pb2_grpc,
    user_pb2_grpc,
)

from .chat import ChatService
from .files import FileService
from .health import SERVICES, ShopHealth, StandardHealth
from .interceptors import AuthInterceptor, MetadataInterceptor
from .users import UserService


def arguments():
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    parser.add_argument("--addr", default="127.0.0.1:50051")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--client-ca", type=Path)
    parser.add_argument("--token")
    parser.add_argument("--max-message-size", type=int, default=4 * 1024 * 1024)
    parser.add_argument("--downstream")
    return parser.parse_args()


def bind(server, options):
    if options.tls_cert is None:
        return server.add_insecure_port(options.addr)
    credentials = grpc.ssl_server_credentials(
        [(options.tls_key.read_bytes(), options.tls_cert.read_bytes())],
        root_certificates=options.client_ca.read_bytes() if options.client_ca else None,
        require_client_auth=options.client_ca is not None,
    )
    return server.add_secure_port(options.addr, credentials)


def main():
    options = arguments()
    interceptors = [MetadataInterceptor()]
    if options.token is not None:
        interceptors.append(AuthInterceptor(options.token))
    # A thread for each open call: streams hold theirs.
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=64),
        interceptors=interceptors,
        options=[("grpc.max_receive_message_length", options.max_message_size)],
    )
    downstream = None
    if options.downstream:
        channel = grpc.insecure_channel(options.downstream)
        downstream = user_pb2_grpc.UserServiceStub(channel)
    user_pb2_grpc.add_UserServiceServicer_to_server(UserService(downstream), server)
    chat_pb2_grpc.add_ChatServiceServicer_to_server(ChatService(), server)
    file_pb2_grpc.add_FileServiceServicer_to_server(FileService(), server)
    shop_health_pb2_grpc.add_HealthServiceServicer_to_server(ShopHealth(), server)
    health_pb2_grpc.add_HealthServicer_to_server(StandardHealth(), server)
    names = [name for name in SERVICES if name]
    names += ["ecommerce.v1.HealthService", "grpc.health.v1.Health", reflection.SERVICE_NAME]
    reflection.enable_server_reflection(names, server)

    port = bind(server, options)
    server.start()
    host = options.addr.rsplit(":", 1)[0]
    print(f"listening on {host}:{port}", flush=True)

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    stop.wait()
    server.stop(grace=1).wait()


main()
