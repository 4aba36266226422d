"""grpcurl knows no proto file: what it can list and call, it learnt by reflection."""

import json
import os
import subprocess
import uuid

import pytest

PLAIN = os.environ["ECOMMERCE_PLAIN_ADDR"]
GUARDED = os.environ["ECOMMERCE_GUARDED_ADDR"]
TOKEN = os.environ["ECOMMERCE_TOKEN"]
CERTIFICATES = os.environ["ECOMMERCE_CERTIFICATES"]
# grpcurl's exit code for a status is 64 plus the code.
NOT_FOUND, INVALID_ARGUMENT, UNAUTHENTICATED = 64 + 5, 64 + 3, 64 + 16


def grpcurl(*arguments):
    """Runs grpcurl with a time limit of its own."""
    return subprocess.run(
        [os.environ["GRPCURL"], "-max-time", "10", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def succeeds(*arguments):
    done = grpcurl(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def call(method, request, *flags, address=PLAIN):
    return json.loads(succeeds("-plaintext", "-d", json.dumps(request), *flags, address, method))


@pytest.fixture
def user():
    request = {"email": f"{uuid.uuid4()}@example.com", "name": "Ada", "password": "securepassword"}
    user = call("ecommerce.v1.UserService/CreateUser", request)["user"]
    # Descriptors of some servers, grpcio's among them, lack the JSON names of fields.
    user["id"] = user.get("userId") or user["user_id"]
    return user


def test_lists_the_services():
    services = succeeds("-plaintext", PLAIN, "list").split()
    assert {
        "ecommerce.v1.ChatService",
        "ecommerce.v1.FileService",
        "ecommerce.v1.HealthService",
        "ecommerce.v1.UserService",
        "grpc.health.v1.Health",
    } <= set(services)


def test_lists_the_methods_of_a_service():
    methods = succeeds("-plaintext", PLAIN, "list", "ecommerce.v1.UserService").split()
    names = "CreateUser DeleteUser GetUser ListUsers UpdateUser WatchUsers".split()
    assert methods == [f"ecommerce.v1.UserService.{name}" for name in names]


def test_describes_a_service_with_its_http_routes():
    text = succeeds("-plaintext", PLAIN, "describe", "ecommerce.v1.UserService")
    assert "rpc GetUser ( .ecommerce.v1.GetUserRequest )" in text
    assert '"/v1/users/{user_id}"' in text


def test_calls_a_method(user):
    got = call("ecommerce.v1.UserService/GetUser", {"user_id": user["id"]})
    assert {**got["user"], "id": user["id"]} == user
    assert user["status"] == "USER_STATUS_ACTIVE"


def test_updates_with_a_field_mask(user):
    changed = {"user_id": user["id"], "name": "Ada Lovelace"}
    # The JSON library of grpcurl does not know the short form of a mask.
    request = {"user": changed, "update_mask": {"paths": ["name"]}}
    updated = call("ecommerce.v1.UserService/UpdateUser", request)["user"]
    assert updated["name"] == "Ada Lovelace"
    assert updated["email"] == user["email"]


def test_streams_both_ways():
    line = {"room_id": str(uuid.uuid4()), "user_id": "ada", "content": "hello"}
    assert call("ecommerce.v1.ChatService/Chat", line)["content"] == "hello"


def test_shows_metadata_of_the_answer(user):
    text = succeeds(
        "-plaintext",
        "-v",
        "-H",
        "x-request-id: abc-123",
        "-d",
        json.dumps({"user_id": user["id"]}),
        PLAIN,
        "ecommerce.v1.UserService/GetUser",
    )
    header, trailer = text.split("Response headers received:")[1].split("Response trailers received:")
    assert "x-request-id: abc-123" in header
    assert "x-duration-us: " in trailer


def test_error_has_its_code():
    done = grpcurl(
        "-plaintext", "-d", '{"user_id": "nobody"}', PLAIN, "ecommerce.v1.UserService/GetUser"
    )
    assert done.returncode == NOT_FOUND, done.stderr
    assert "Code: NotFound" in done.stderr


def test_error_details_are_decoded():
    done = grpcurl("-plaintext", "-d", "{}", PLAIN, "ecommerce.v1.UserService/CreateUser")
    assert done.returncode == INVALID_ARGUMENT, done.stderr
    assert '"@type": "type.googleapis.com/google.rpc.BadRequest"' in done.stderr
    for field in ("email", "name", "password"):
        assert f'"field": "{field}"' in done.stderr


def test_reflection_is_open_where_calls_need_a_token():
    assert "ecommerce.v1.UserService" in succeeds("-plaintext", GUARDED, "list").split()
    refused = grpcurl("-plaintext", GUARDED, "ecommerce.v1.UserService/ListUsers")
    assert refused.returncode == UNAUTHENTICATED, refused.stderr
    header = f"authorization: Bearer {TOKEN}"
    call("ecommerce.v1.UserService/ListUsers", {}, "-H", header, address=GUARDED)


def test_tls():
    ca = f"{CERTIFICATES}/ca.pem"
    address = os.environ["ECOMMERCE_TLS_ADDR"]
    assert "ecommerce.v1.UserService" in succeeds("-cacert", ca, address, "list").split()


def test_mutual_tls():
    own = ("-cert", f"{CERTIFICATES}/client.pem", "-key", f"{CERTIFICATES}/client.key")
    address = os.environ["ECOMMERCE_MTLS_ADDR"]
    services = succeeds("-cacert", f"{CERTIFICATES}/ca.pem", *own, address, "list").split()
    assert "ecommerce.v1.UserService" in services
