"""ChatService: each message goes to every member of its room."""

import queue
import threading

from ecommerce_stubs import chat_pb2, chat_pb2_grpc

from . import errors
from .users import now


class ChatService(chat_pb2_grpc.ChatServiceServicer):
    def __init__(self):
        self.lock = threading.Lock()
        self.rooms = {}

    def Chat(self, request_iterator, context):
        inbox = queue.Queue()
        joined = set()

        def read():
            try:
                for message in request_iterator:
                    violations = [
                        (field, "must not be empty")
                        for field in ("room_id", "user_id")
                        if not getattr(message, field)
                    ]
                    if violations:
                        inbox.put(violations)
                        return
                    message.timestamp.CopyFrom(now())
                    if not message.type:
                        message.type = chat_pb2.MESSAGE_TYPE_TEXT
                    with self.lock:
                        joined.add(message.room_id)
                        members = self.rooms.setdefault(message.room_id, set())
                        members.add(inbox)
                        for member in members:
                            member.put(message)
            except Exception:  # the call is over: what remains is to leave
                pass
            inbox.put(None)

        def responses():
            threading.Thread(target=read, daemon=True).start()
            try:
                while (item := inbox.get()) is not None:
                    if isinstance(item, list):
                        errors.invalid(context, item)
                    yield item
            finally:
                with self.lock:
                    for room in joined:
                        self.rooms[room].discard(inbox)

        context.add_callback(lambda: inbox.put(None))
        return responses()
