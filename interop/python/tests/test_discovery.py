"""Health and reflection."""

import pytest
from google.protobuf.descriptor_pool import DescriptorPool
from grpc import StatusCode
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)

from ecommerce_stubs import health_pb2, health_pb2_grpc, shop_health_pb2_grpc

from errors import refused

SERVING = health_pb2.HealthCheckResponse.SERVING


@pytest.fixture(params=["grpc.health.v1.Health", "ecommerce.v1.HealthService"])
def health(request, plain):
    if request.param == "grpc.health.v1.Health":
        return health_pb2_grpc.HealthStub(plain)
    return shop_health_pb2_grpc.HealthServiceStub(plain)


@pytest.mark.parametrize(
    "service",
    ["", "ecommerce.v1.UserService", "ecommerce.v1.ChatService", "ecommerce.v1.FileService"],
)
def test_service_is_serving(health, service):
    response = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=5)
    assert response.status == SERVING


def test_health_of_an_unknown_service_is_not_found(health):
    with refused(StatusCode.NOT_FOUND):
        health.Check(health_pb2.HealthCheckRequest(service="nothing"), timeout=5)


def test_watch_tells_the_present_state_first(health):
    states = health.Watch(
        health_pb2.HealthCheckRequest(service="ecommerce.v1.UserService"), timeout=5
    )
    assert next(states).status == SERVING
    states.cancel()


def test_reflection_lists_and_describes(plain):
    database = ProtoReflectionDescriptorDatabase(plain)
    assert {
        "ecommerce.v1.UserService",
        "ecommerce.v1.ChatService",
        "ecommerce.v1.FileService",
        "ecommerce.v1.HealthService",
        "grpc.health.v1.Health",
    } <= set(database.get_services())
    service = DescriptorPool(database).FindServiceByName("ecommerce.v1.UserService")
    assert service.FindMethodByName("WatchUsers").server_streaming
    assert service.FindMethodByName("UpdateUser").input_type.fields_by_name["update_mask"]
