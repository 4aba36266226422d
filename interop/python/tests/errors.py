"""Reads `google.rpc.Status` out of a failed call."""

from contextlib import contextmanager

import grpc
import pytest
from grpc_status import rpc_status


@contextmanager
def refused(code, detail=None):
    """The block must fail with `code`; yields a list that then holds the detail."""
    found = []
    with pytest.raises(grpc.RpcError) as failure:
        yield found
    assert failure.value.code() == code, failure.value.details()
    if detail is not None:
        status = rpc_status.from_call(failure.value)
        assert status is not None, "the error carries no google.rpc.Status"
        assert status.code == code.value[0]
        for packed in status.details:
            message = detail()
            if packed.Unpack(message):
                found.append(message)
        assert found, f"no {detail.DESCRIPTOR.full_name} among the details: {status}"


def violated(details):
    """The fields of a BadRequest."""
    return [violation.field for violation in details[0].field_violations]
