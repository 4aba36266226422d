"""The modules that protoc made from testdata/ok/ecommerce, under short names.

The generated code is not committed: `interop/run` writes it into its build
folder and names that folder in ECOMMERCE_STUBS.
"""

import os
import sys

import grpc

STUBS = os.environ["ECOMMERCE_STUBS"]
sys.path.insert(0, STUBS)
# protoc places grpc/health/v1/health.proto in a package `grpc`, where the
# library of that name already is: look for submodules in both.
grpc.__path__.append(os.path.join(STUBS, "grpc"))

from ecommerce.v1 import chat_pb2, chat_pb2_grpc  # noqa: E402
from ecommerce.v1 import file_pb2, file_pb2_grpc  # noqa: E402
from ecommerce.v1 import health_pb2 as shop_health_pb2  # noqa: E402
from ecommerce.v1 import health_pb2_grpc as shop_health_pb2_grpc  # noqa: E402
from ecommerce.v1 import user_pb2, user_pb2_grpc  # noqa: E402
from grpc.health.v1 import health_pb2, health_pb2_grpc  # noqa: E402

__all__ = [
    "chat_pb2",
    "chat_pb2_grpc",
    "file_pb2",
    "file_pb2_grpc",
    "health_pb2",
    "health_pb2_grpc",
    "shop_health_pb2",
    "shop_health_pb2_grpc",
    "user_pb2",
    "user_pb2_grpc",
]
