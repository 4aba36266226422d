"""Bidirectional streaming: rooms."""

import queue
import uuid

import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from ecommerce_stubs import chat_pb2

from errors import refused, violated


class Member:
    """One side of a conversation: says what it is told, reads what arrives."""

    def __init__(self, stub, user_id):
        self.user_id = user_id
        self.outbox = queue.Queue()
        self.call = stub.Chat(iter(self.outbox.get, None), timeout=10)

    def say(self, room_id, content):
        self.outbox.put(
            chat_pb2.ChatMessage(room_id=room_id, user_id=self.user_id, content=content)
        )

    def hears(self):
        message = next(self.call)
        return message.user_id, message.content

    def leave(self):
        """Closes the sending half and returns what was still to be read."""
        self.outbox.put(None)
        return list(self.call)


@pytest.fixture
def room():
    return str(uuid.uuid4())


def test_message_reaches_every_member_of_its_room(chat, room):
    ada, bob, eve = Member(chat, "ada"), Member(chat, "bob"), Member(chat, "eve")
    eve.say(f"not {room}", "anyone?")
    assert eve.hears() == ("eve", "anyone?")
    ada.say(room, "hello")
    assert ada.hears() == ("ada", "hello")
    bob.say(room, "hi")
    assert bob.hears() == ("bob", "hi")
    assert ada.hears() == ("bob", "hi")
    # Each stream ends well after the half close, and Eve overheard nothing.
    assert eve.leave() == []
    assert bob.leave() == []
    assert ada.leave() == []
    assert ada.call.code() == StatusCode.OK


def test_server_sets_time_and_type(chat, room):
    member = Member(chat, "ada")
    member.say(room, "hello")
    message = next(member.call)
    assert message.timestamp.seconds > 0
    assert message.type == chat_pb2.MESSAGE_TYPE_TEXT
    member.leave()


def test_message_without_a_room_is_refused(chat):
    member = Member(chat, "")
    member.say("", "hello")
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        next(member.call)
    assert violated(details) == ["room_id", "user_id"]
    member.outbox.put(None)


def test_cancelled_conversation_ends(chat, room):
    member = Member(chat, "ada")
    member.say(room, "hello")
    member.hears()
    member.call.cancel()
    with refused(StatusCode.CANCELLED):
        member.hears()
    member.outbox.put(None)
