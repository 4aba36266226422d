"""Channels to the servers that `interop/run` has started."""

import os
import uuid
from pathlib import Path

import grpc
import pytest

from ecommerce_stubs import chat_pb2_grpc, file_pb2_grpc, user_pb2, user_pb2_grpc


def address(name):
    """The address of one of the servers; unset is an error, never a skip."""
    return os.environ[f"ECOMMERCE_{name}_ADDR"]


@pytest.fixture
def plain():
    """A channel to the server without TLS and without a token."""
    with grpc.insecure_channel(address("PLAIN")) as channel:
        yield channel


@pytest.fixture
def guarded():
    """A channel to the server that asks for a bearer token."""
    with grpc.insecure_channel(address("GUARDED")) as channel:
        yield channel


@pytest.fixture
def token():
    return os.environ["ECOMMERCE_TOKEN"]


@pytest.fixture
def certificates():
    """The folder with ca.pem, client.pem and client.key."""
    return Path(os.environ["ECOMMERCE_CERTIFICATES"])


@pytest.fixture
def users(plain):
    return user_pb2_grpc.UserServiceStub(plain)


@pytest.fixture
def chat(plain):
    return chat_pb2_grpc.ChatServiceStub(plain)


@pytest.fixture
def files(plain):
    return file_pb2_grpc.FileServiceStub(plain)


@pytest.fixture
def create(users):
    """Creates a user whom no other test knows."""

    def call(name="John Doe"):
        return users.CreateUser(
            user_pb2.CreateUserRequest(
                email=f"{uuid.uuid4()}@example.com", name=name, password="securepassword"
            )
        ).user

    return call
