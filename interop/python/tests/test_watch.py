"""Server streaming: the events of users."""

import pytest
from grpc import StatusCode

from ecommerce_stubs import user_pb2

from errors import refused


def test_events_arrive_in_order(users, create):
    events = users.WatchUsers(user_pb2.WatchUsersRequest(), timeout=10)
    events.initial_metadata()  # from here on the server misses nothing for us
    user = create()
    users.UpdateUser(
        user_pb2.UpdateUserRequest(user=user_pb2.User(user_id=user.user_id, name="Jane Doe"))
    )
    users.DeleteUser(user_pb2.DeleteUserRequest(user_id=user.user_id))
    ours = (event for event in events if event.user.user_id == user.user_id)
    received = [next(ours) for _ in range(3)]
    assert [event.event_type for event in received] == [
        user_pb2.USER_EVENT_TYPE_CREATED,
        user_pb2.USER_EVENT_TYPE_UPDATED,
        user_pb2.USER_EVENT_TYPE_DELETED,
    ]
    assert received[1].user.name == "Jane Doe"
    assert received[0].timestamp.ToNanoseconds() <= received[2].timestamp.ToNanoseconds()
    events.cancel()


def test_filter_selects_by_status(users, create):
    events = users.WatchUsers(user_pb2.WatchUsersRequest(filter="status:suspended"), timeout=10)
    events.initial_metadata()
    create()  # active: filtered out
    suspended = create()
    users.UpdateUser(
        user_pb2.UpdateUserRequest(
            user=user_pb2.User(user_id=suspended.user_id, status=user_pb2.USER_STATUS_SUSPENDED)
        )
    )
    event = next(events)
    assert event.event_type == user_pb2.USER_EVENT_TYPE_UPDATED
    assert event.user.user_id == suspended.user_id
    events.cancel()


def test_cancelled_stream_ends(users):
    events = users.WatchUsers(user_pb2.WatchUsersRequest())
    events.initial_metadata()
    events.cancel()
    with refused(StatusCode.CANCELLED):
        next(events)


@pytest.mark.parametrize("timeout", [0.3])
def test_deadline_ends_an_endless_stream(users, timeout):
    events = users.WatchUsers(user_pb2.WatchUsersRequest(), timeout=timeout)
    with refused(StatusCode.DEADLINE_EXCEEDED):
        for _ in events:
            pass
