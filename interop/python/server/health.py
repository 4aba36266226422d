"""Health, under the standard name and under the shop's own."""

from ecommerce_stubs import health_pb2, health_pb2_grpc, shop_health_pb2_grpc

from . import errors

SERVICES = (
    "",
    "ecommerce.v1.UserService",
    "ecommerce.v1.ChatService",
    "ecommerce.v1.FileService",
)


class Health:
    """Both services have the same two methods."""

    def Check(self, request, context):
        if request.service not in SERVICES:
            errors.not_found(context, "service", request.service)
        return serving()

    def Watch(self, request, context):
        if request.service not in SERVICES:
            yield health_pb2.HealthCheckResponse(
                status=health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
            )
        else:
            yield serving()


class StandardHealth(Health, health_pb2_grpc.HealthServicer):
    pass


class ShopHealth(Health, shop_health_pb2_grpc.HealthServiceServicer):
    pass


def serving():
    return health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVING)
