"""Metadata out, and the bearer token in."""

import time
import uuid

import grpc

from . import errors

VERSION = "grpcio"


class MetadataInterceptor(grpc.ServerInterceptor):
    """Echoes or makes `x-request-id`, and tells the duration in the trailers.

    A handler adds initial metadata by appending to `context.initial`.
    """

    def intercept_service(self, continuation, details):
        handler = continuation(details)
        if handler is None:
            return None
        received = dict(details.invocation_metadata)

        def begin(context):
            request_id = received.get("x-request-id") or str(uuid.uuid4())
            context.initial = [("x-request-id", request_id), ("server-version", VERSION)]
            # An aborted call sends trailers only.
            context.set_trailing_metadata(context.initial)
            return time.monotonic()

        def end(context, started):
            micros = int((time.monotonic() - started) * 1e6)
            context.set_trailing_metadata([("x-duration-us", str(micros))])

        def one_response(behaviour):
            def call(request, context):
                started = begin(context)
                response = behaviour(request, context)
                # Only where it pays, and never as the server's default: grpcio
                # then compresses for clients, too, that accept no compression.
                if response.ByteSize() > 1024:
                    context.set_compression(grpc.Compression.Gzip)
                context.send_initial_metadata(context.initial)
                end(context, started)
                return response

            return call

        def many_responses(behaviour):
            def call(request, context):
                started = begin(context)
                responses = behaviour(request, context)
                context.send_initial_metadata(context.initial)
                yield from responses
                end(context, started)

            return call

        return wrap(handler, one_response, many_responses)


class AuthInterceptor(grpc.ServerInterceptor):
    """Refuses calls without the token; health and reflection stay open."""

    OPEN = ("/ecommerce.v1.HealthService/", "/grpc.health.v1.", "/grpc.reflection.")

    def __init__(self, token):
        self.expected = f"Bearer {token}"

    def intercept_service(self, continuation, details):
        handler = continuation(details)
        if handler is None or details.method.startswith(self.OPEN):
            return handler
        presented = dict(details.invocation_metadata).get("authorization")
        if presented == self.expected:
            return handler
        if presented is None:
            refusal = ("TOKEN_MISSING", "send `authorization: Bearer <token>`")
        else:
            refusal = ("TOKEN_INVALID", "the bearer token is not valid")

        def refuse(_behaviour):
            return lambda _request, context: errors.unauthenticated(context, *refusal)

        return wrap(handler, refuse, refuse)


def wrap(handler, one_response, many_responses):
    """A handler of the same kind, with its function wrapped."""
    codec = {
        "request_deserializer": handler.request_deserializer,
        "response_serializer": handler.response_serializer,
    }
    if handler.unary_unary:
        return grpc.unary_unary_rpc_method_handler(one_response(handler.unary_unary), **codec)
    if handler.unary_stream:
        return grpc.unary_stream_rpc_method_handler(many_responses(handler.unary_stream), **codec)
    if handler.stream_unary:
        return grpc.stream_unary_rpc_method_handler(one_response(handler.stream_unary), **codec)
    return grpc.stream_stream_rpc_method_handler(many_responses(handler.stream_stream), **codec)
