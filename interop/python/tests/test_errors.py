"""Errors by status code, with their details."""

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from ecommerce_stubs import user_pb2

from errors import refused, violated


def test_not_found_names_the_resource(users):
    with refused(StatusCode.NOT_FOUND, error_details_pb2.ResourceInfo) as details:
        users.GetUser(user_pb2.GetUserRequest(user_id="nobody"), timeout=5)
    assert details[0].resource_type == "ecommerce.v1.User"
    assert details[0].resource_name == "nobody"


def test_deleted_user_is_gone(users, create):
    request = user_pb2.DeleteUserRequest(user_id=create().user_id)
    users.DeleteUser(request, timeout=5)
    with refused(StatusCode.NOT_FOUND, error_details_pb2.ResourceInfo):
        users.GetUser(user_pb2.GetUserRequest(user_id=request.user_id), timeout=5)
    with refused(StatusCode.NOT_FOUND, error_details_pb2.ResourceInfo):
        users.DeleteUser(request, timeout=5)


def test_invalid_argument_lists_every_field(users):
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        users.CreateUser(user_pb2.CreateUserRequest(), timeout=5)
    assert violated(details) == ["email", "name", "password"]
    assert all(violation.description for violation in details[0].field_violations)


def test_invalid_mask_path_is_named(users, create):
    request = user_pb2.UpdateUserRequest(user=user_pb2.User(user_id=create().user_id))
    request.update_mask.paths.extend(["name", "created_at", "nickname", "name.first"])
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        users.UpdateUser(request, timeout=5)
    # `created_at` is the server's: it is left alone, and no error.
    assert violated(details) == ["update_mask.paths[2]", "update_mask.paths[3]"]


def test_already_exists_names_the_resource(users, create):
    email = create().email
    with refused(StatusCode.ALREADY_EXISTS, error_details_pb2.ResourceInfo) as details:
        users.CreateUser(
            user_pb2.CreateUserRequest(email=email, name="Again", password="securepassword"),
            timeout=5,
        )
    assert details[0].resource_name == email


@pytest.mark.parametrize(
    "request_, field",
    [
        (user_pb2.ListUsersRequest(page_size=-1), "page_size"),
        (user_pb2.ListUsersRequest(page_token="forged"), "page_token"),
    ],
)
def test_bad_page_is_refused(users, request_, field):
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        users.ListUsers(request_, timeout=5)
    assert violated(details) == [field]


def test_error_of_a_stream_has_details_too(users):
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        next(users.WatchUsers(user_pb2.WatchUsersRequest(filter="shoe_size = 40"), timeout=5))
    assert violated(details) == ["filter"]


@pytest.mark.parametrize("path", ["/ecommerce.v1.UserService/Nothing", "/ecommerce.v1.Nothing/Get"])
def test_unknown_method_is_unimplemented(plain, path):
    call = plain.unary_unary(path)
    with pytest.raises(grpc.RpcError) as failure:
        call(b"", timeout=5)
    assert failure.value.code() == StatusCode.UNIMPLEMENTED
