"""Unary calls: the life of a user."""

import time

from ecommerce_stubs import user_pb2


def test_create_and_get(users):
    created = users.CreateUser(
        user_pb2.CreateUserRequest(
            email=f"john-{time.time_ns()}@example.com", name="John Doe", password="securepassword"
        ),
        timeout=5,
    ).user
    assert created.user_id
    assert created.name == "John Doe"
    assert created.status == user_pb2.USER_STATUS_ACTIVE
    assert abs(created.created_at.ToSeconds() - time.time()) < 60
    got = users.GetUser(user_pb2.GetUserRequest(user_id=created.user_id), timeout=5).user
    assert got == created


def test_list_pages_through_every_user_once(users, create):
    expected = {create().user_id for _ in range(5)}
    seen = []
    token = ""
    while True:
        page = users.ListUsers(user_pb2.ListUsersRequest(page_size=2, page_token=token), timeout=5)
        assert len(page.users) <= 2
        assert page.total_count >= 5
        seen += [user.user_id for user in page.users]
        token = page.next_page_token
        if not token:
            break
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


def test_update_changes_only_what_the_mask_names(users, create):
    stored = create()
    request = user_pb2.UpdateUserRequest(
        user=user_pb2.User(user_id=stored.user_id, name="Jane Doe", avatar_url="not in the mask")
    )
    request.update_mask.paths.append("name")
    updated = users.UpdateUser(request, timeout=5).user
    assert updated.name == "Jane Doe"
    assert updated.avatar_url == ""
    assert updated.email == stored.email
    assert updated.created_at == stored.created_at
    got = users.GetUser(user_pb2.GetUserRequest(user_id=stored.user_id), timeout=5).user
    assert got == updated


def test_update_without_a_mask_changes_what_is_set(users, create):
    stored = create()
    updated = users.UpdateUser(
        user_pb2.UpdateUserRequest(user=user_pb2.User(user_id=stored.user_id, roles=["admin"])),
        timeout=5,
    ).user
    assert list(updated.roles) == ["admin"]
    assert updated.name == stored.name
