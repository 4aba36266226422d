"""The bearer token, TLS and mutual TLS."""

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from conftest import address
from ecommerce_stubs import health_pb2, health_pb2_grpc, user_pb2, user_pb2_grpc

from errors import refused

LIST = user_pb2.ListUsersRequest(page_size=1)


class AuthInterceptor(grpc.UnaryUnaryClientInterceptor):
    """Adds the token to every call."""

    def __init__(self, token):
        self.token = token

    def intercept_unary_unary(self, continuation, client_call_details, request):
        metadata = list(client_call_details.metadata or [])
        metadata.append(("authorization", f"Bearer {self.token}"))
        return continuation(client_call_details._replace(metadata=metadata), request)


def test_call_without_a_token_is_refused(guarded):
    with refused(StatusCode.UNAUTHENTICATED, error_details_pb2.ErrorInfo) as details:
        user_pb2_grpc.UserServiceStub(guarded).ListUsers(LIST, timeout=5)
    assert details[0].reason == "TOKEN_MISSING"


def test_call_with_a_wrong_token_is_refused(guarded):
    channel = grpc.intercept_channel(guarded, AuthInterceptor("guess"))
    with refused(StatusCode.UNAUTHENTICATED, error_details_pb2.ErrorInfo) as details:
        user_pb2_grpc.UserServiceStub(channel).ListUsers(LIST, timeout=5)
    assert details[0].reason == "TOKEN_INVALID"


def test_stream_without_a_token_is_refused(guarded):
    with refused(StatusCode.UNAUTHENTICATED):
        next(user_pb2_grpc.UserServiceStub(guarded).WatchUsers(user_pb2.WatchUsersRequest(), timeout=5))


def test_call_with_the_token_passes(guarded, token):
    channel = grpc.intercept_channel(guarded, AuthInterceptor(token))
    user_pb2_grpc.UserServiceStub(channel).ListUsers(LIST, timeout=5)


def test_health_needs_no_token(guarded):
    health_pb2_grpc.HealthStub(guarded).Check(health_pb2.HealthCheckRequest(), timeout=5)


def list_users(name, credentials):
    with grpc.secure_channel(address(name), credentials) as channel:
        return user_pb2_grpc.UserServiceStub(channel).ListUsers(LIST, timeout=5)


def test_tls(certificates):
    ca = (certificates / "ca.pem").read_bytes()
    list_users("TLS", grpc.ssl_channel_credentials(ca))


def test_tls_with_an_unknown_authority_is_refused(certificates):
    stranger = (certificates / "stranger.pem").read_bytes()
    with pytest.raises(grpc.RpcError) as failure:
        list_users("TLS", grpc.ssl_channel_credentials(stranger))
    assert failure.value.code() == StatusCode.UNAVAILABLE


def test_mutual_tls(certificates):
    ca, key, chain = (
        (certificates / name).read_bytes() for name in ("ca.pem", "client.key", "client.pem")
    )
    list_users("MTLS", grpc.ssl_channel_credentials(ca, key, chain))


def test_mutual_tls_without_a_certificate_is_refused(certificates):
    ca = (certificates / "ca.pem").read_bytes()
    with pytest.raises(grpc.RpcError) as failure:
        list_users("MTLS", grpc.ssl_channel_credentials(ca))
    assert failure.value.code() == StatusCode.UNAVAILABLE
