"""Client streaming up, server streaming down, with checksums."""

import hashlib
import os

import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from ecommerce_stubs import file_pb2

from errors import refused, violated


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def chunks(content, size=50_000):
    pieces = [content[start : start + size] for start in range(0, len(content), size)] or [b""]
    return [
        file_pb2.FileChunk(
            data=piece,
            chunk_index=index,
            is_last_chunk=index + 1 == len(pieces),
            checksum=sha256(piece),
        )
        for index, piece in enumerate(pieces)
    ]


@pytest.mark.parametrize("size", [0, 1, 200_001])
def test_what_goes_up_comes_down(files, size):
    content = os.urandom(size)
    uploaded = files.UploadFile(iter(chunks(content)), timeout=10)
    assert uploaded.file_size == size
    assert uploaded.checksum == sha256(content)
    received = list(files.DownloadFile(file_pb2.DownloadRequest(file_id=uploaded.file_id), timeout=10))
    assert b"".join(chunk.data for chunk in received) == content
    assert [chunk.chunk_index for chunk in received] == list(range(len(received)))
    assert [chunk.is_last_chunk for chunk in received] == [False] * (len(received) - 1) + [True]
    assert all(chunk.checksum == sha256(chunk.data) for chunk in received)


def test_range_of_a_file(files):
    content = os.urandom(150_000)
    uploaded = files.UploadFile(iter(chunks(content)), timeout=10)
    received = files.DownloadFile(
        file_pb2.DownloadRequest(file_id=uploaded.file_id, offset=10, limit=100_000), timeout=10
    )
    assert b"".join(chunk.data for chunk in received) == content[10:100_010]


def broken_checksum(upload):
    upload[1].checksum = sha256(b"something else")


def broken_order(upload):
    upload[1].chunk_index = 7


def broken_end(upload):
    upload[-1].is_last_chunk = False


@pytest.mark.parametrize(
    "damage, field",
    [
        (broken_checksum, "checksum"),
        (broken_order, "chunk_index"),
        (broken_end, "is_last_chunk"),
    ],
)
def test_damaged_upload_is_refused(files, damage, field):
    upload = chunks(os.urandom(150_000))
    damage(upload)
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        files.UploadFile(iter(upload), timeout=10)
    assert violated(details) == [field]


def test_unknown_file_is_not_found(files):
    with refused(StatusCode.NOT_FOUND, error_details_pb2.ResourceInfo) as details:
        next(files.DownloadFile(file_pb2.DownloadRequest(file_id="nothing"), timeout=5))
    assert details[0].resource_name == "nothing"


def test_offset_past_the_end_is_out_of_range(files):
    uploaded = files.UploadFile(iter(chunks(b"short")), timeout=5)
    with refused(StatusCode.OUT_OF_RANGE):
        next(files.DownloadFile(file_pb2.DownloadRequest(file_id=uploaded.file_id, offset=6), timeout=5))
