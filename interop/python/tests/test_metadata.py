"""Metadata in and out, deadlines as the server sees them, compression and size."""

import time

import grpc
import pytest
from grpc import StatusCode

from conftest import address
from ecommerce_stubs import file_pb2, user_pb2, user_pb2_grpc

from errors import refused


def test_request_id_is_echoed(users, create):
    request = user_pb2.GetUserRequest(user_id=create().user_id)
    _, call = users.GetUser.with_call(request, metadata=[("x-request-id", "abc-123")], timeout=5)
    assert dict(call.initial_metadata())["x-request-id"] == "abc-123"
    assert dict(call.initial_metadata())["server-version"]
    assert int(dict(call.trailing_metadata())["x-duration-us"]) >= 0


def test_request_id_is_made_when_absent(users, create):
    request = user_pb2.GetUserRequest(user_id=create().user_id)
    first = users.GetUser.with_call(request, timeout=5)[1].initial_metadata()
    second = users.GetUser.with_call(request, timeout=5)[1].initial_metadata()
    assert dict(first)["x-request-id"] != dict(second)["x-request-id"]


def test_failed_call_tells_its_request_id(users):
    with pytest.raises(grpc.RpcError) as failure:
        users.GetUser(
            user_pb2.GetUserRequest(user_id="nobody"), metadata=[("x-request-id", "abc-123")], timeout=5
        )
    assert ("x-request-id", "abc-123") in failure.value.trailing_metadata()


def test_stream_has_initial_and_trailing_metadata(files):
    uploaded = files.UploadFile(
        iter([file_pb2.FileChunk(data=b"x", is_last_chunk=True)]), timeout=5
    )
    call = files.DownloadFile(
        file_pb2.DownloadRequest(file_id=uploaded.file_id),
        metadata=[("x-request-id", "abc-123")],
        timeout=5,
    )
    assert ("x-request-id", "abc-123") in call.initial_metadata()
    list(call)
    assert "x-duration-us" in dict(call.trailing_metadata())


def test_server_sees_the_deadline(users, create):
    request = user_pb2.GetUserRequest(user_id=create().user_id)
    _, call = users.GetUser.with_call(request, timeout=20)
    assert close_to_20_seconds(call)
    _, call = users.GetUser.with_call(request)
    assert "x-deadline-ms" not in dict(call.initial_metadata())


def close_to_20_seconds(call):
    """grpcio rounds a timeout up to a few significant digits."""
    return 10_000 < int(dict(call.initial_metadata())["x-deadline-ms"]) < 21_000


def test_deadline_propagates_downstream(create):
    user = create()  # lives on the server behind the one that is called
    with grpc.insecure_channel(address("FRONT")) as channel:
        front = user_pb2_grpc.UserServiceStub(channel)
        request = user_pb2.GetUserRequest(user_id=user.user_id)
        response, call = front.GetUser.with_call(
            request, metadata=[("x-forward", "true")], timeout=20
        )
        assert response.user == user
        assert close_to_20_seconds(call)


def test_deadline_ends_a_call_whose_downstream_is_stuck():
    with grpc.insecure_channel(address("STUCK")) as channel:
        stub = user_pb2_grpc.UserServiceStub(channel)
        started = time.monotonic()
        with refused(StatusCode.DEADLINE_EXCEEDED):
            stub.GetUser(
                user_pb2.GetUserRequest(user_id="any"), metadata=[("x-forward", "true")], timeout=0.5
            )
        assert time.monotonic() - started < 5


def test_gzip_both_ways(users, create):
    long_name = "Ada " * 10_000
    user = create(long_name)
    got = users.GetUser(
        user_pb2.GetUserRequest(user_id=user.user_id), compression=grpc.Compression.Gzip, timeout=5
    )
    assert got.user.name == long_name


def test_oversize_message_is_refused(files):
    too_much = file_pb2.FileChunk(data=bytes(5 * 1024 * 1024), is_last_chunk=True)
    with refused(StatusCode.RESOURCE_EXHAUSTED):
        files.UploadFile(iter([too_much]), timeout=10)
