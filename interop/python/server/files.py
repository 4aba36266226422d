"""FileService: whole files in memory, checked chunk by chunk."""

import hashlib
import uuid

import grpc

from ecommerce_stubs import file_pb2, file_pb2_grpc

from . import errors

FILE = "ecommerce.v1.File"
CHUNK_SIZE = 64 * 1024


class FileService(file_pb2_grpc.FileServiceServicer):
    def __init__(self):
        self.files = {}

    def UploadFile(self, request_iterator, context):
        file_id = ""
        content = bytearray()
        complete = False
        expected = 0
        for chunk in request_iterator:
            if expected == 0:
                file_id = chunk.file_id or str(uuid.uuid4())
                if file_id in self.files:
                    errors.already_exists(context, FILE, file_id)
            violations = []
            if complete:
                violations.append(("is_last_chunk", "a chunk follows the last one"))
            if chunk.file_id not in ("", file_id):
                violations.append(("file_id", "must stay the same"))
            if chunk.chunk_index != expected:
                violations.append(("chunk_index", f"expected {expected}, got {chunk.chunk_index}"))
            if chunk.checksum not in ("", sha256(chunk.data)):
                violations.append(("checksum", "is not the SHA-256 of `data` in hex"))
            if violations:
                errors.invalid(context, violations)
            content += chunk.data
            complete = chunk.is_last_chunk
            expected += 1
        if not complete:
            errors.invalid(context, [("is_last_chunk", "the upload ended before its last chunk")])
        self.files[file_id] = bytes(content)
        return file_pb2.UploadResponse(
            file_id=file_id, file_size=len(content), checksum=sha256(content)
        )

    def DownloadFile(self, request, context):
        violations = [
            (field, "must not be negative")
            for field in ("offset", "limit")
            if getattr(request, field) < 0
        ]
        if violations:
            errors.invalid(context, violations)
        if request.file_id not in self.files:
            errors.not_found(context, FILE, request.file_id)
        content = self.files[request.file_id]
        if request.offset > len(content):
            context.abort(
                grpc.StatusCode.OUT_OF_RANGE,
                f"offset {request.offset} is past the end of the file, {len(content)} bytes",
            )
        end = request.offset + request.limit if request.limit else len(content)
        return self.chunks(request.file_id, content[request.offset : end])

    def chunks(self, file_id, content):
        starts = range(0, len(content), CHUNK_SIZE) or [0]
        for index, start in enumerate(starts):
            data = content[start : start + CHUNK_SIZE]
            yield file_pb2.FileChunk(
                file_id=file_id,
                data=data,
                chunk_index=index,
                is_last_chunk=start + CHUNK_SIZE >= len(content),
                checksum=sha256(data),
            )


def sha256(data):
    return hashlib.sha256(data).hexdigest()
