"""Errors with details, as `google.rpc.Status` in the trailers."""

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2


def abort(context, code, message, *details):
    """Ends the call with a code, a message and typed details."""
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    context.set_trailing_metadata(
        [*context.initial, ("grpc-status-details-bin", status.SerializeToString())]
    )
    context.abort(code, message)


def invalid(context, violations):
    """INVALID_ARGUMENT that lists every `(field, description)` at once."""
    bad_request = error_details_pb2.BadRequest()
    for field, description in violations:
        bad_request.field_violations.add(field=field, description=description)
    fields = ", ".join(field for field, _ in violations)
    abort(
        context,
        grpc.StatusCode.INVALID_ARGUMENT,
        f"invalid argument: {fields}",
        bad_request,
    )


def not_found(context, resource_type, name):
    """NOT_FOUND that names the resource."""
    abort(
        context,
        grpc.StatusCode.NOT_FOUND,
        f'{resource_type} "{name}" not found',
        error_details_pb2.ResourceInfo(resource_type=resource_type, resource_name=name),
    )


def already_exists(context, resource_type, name):
    """ALREADY_EXISTS that names the resource."""
    abort(
        context,
        grpc.StatusCode.ALREADY_EXISTS,
        f'{resource_type} "{name}" already exists',
        error_details_pb2.ResourceInfo(resource_type=resource_type, resource_name=name),
    )


def unauthenticated(context, reason, message):
    """UNAUTHENTICATED with a reason that a program can read."""
    abort(
        context,
        grpc.StatusCode.UNAUTHENTICATED,
        message,
        error_details_pb2.ErrorInfo(reason=reason, domain="ecommerce.v1"),
    )
