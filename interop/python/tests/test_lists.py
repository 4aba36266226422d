"""ListUsers: pages, orders, filters and tokens, while others create users too."""

import uuid

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from ecommerce_stubs import user_pb2

from errors import refused, violated

SUSPENDED = user_pb2.USER_STATUS_SUSPENDED


def ask(users, **arguments):
    return users.ListUsers(user_pb2.ListUsersRequest(**arguments), timeout=5)


def pages(users, **arguments):
    """All pages, one by one."""
    token = ""
    tokens = set()
    while True:
        page = ask(users, page_token=token, **arguments)
        yield page
        token = page.next_page_token
        if not token:
            return
        assert token not in tokens, "a token came twice"
        tokens.add(token)


def names(users, **arguments):
    """The names on all pages, without what they all begin with."""
    return [user.name.rpartition(" ")[2] for page in pages(users, **arguments) for user in page.users]


class Team:
    """Users whom no other test knows, and the filter that finds them."""

    def __init__(self, users, create):
        self.tag = uuid.uuid4().hex
        self.filter = f'name = "{self.tag}*"'
        self.create = lambda name: create(f"{self.tag} {name}")
        for name in ("Bob", "Ada", "Eve", "Cid", "Bob"):
            user = self.create(name)
            if name in ("Ada", "Bob"):
                user = user_pb2.User(user_id=user.user_id, roles=["clerk", name], status=SUSPENDED)
                users.UpdateUser(user_pb2.UpdateUserRequest(user=user), timeout=5)


@pytest.fixture
def team(users, create):
    return Team(users, create)


@pytest.mark.parametrize("page_size", range(1, 7))
@pytest.mark.parametrize(
    "order_by, expected",
    [
        ("created_at", ["Bob", "Ada", "Eve", "Cid", "Bob"]),
        ("created_at desc", ["Bob", "Cid", "Eve", "Ada", "Bob"]),
        ("name", ["Ada", "Bob", "Bob", "Cid", "Eve"]),
        ("name desc", ["Eve", "Cid", "Bob", "Bob", "Ada"]),
        ("status desc, name", ["Ada", "Bob", "Bob", "Cid", "Eve"]),
        ("status,  name desc", ["Eve", "Cid", "Bob", "Bob", "Ada"]),
    ],
)
def test_every_page_size_gives_everybody_once_in_order(users, team, page_size, order_by, expected):
    arguments = {"filter": team.filter, "order_by": order_by, "page_size": page_size}
    listed = list(pages(users, **arguments))
    assert [len(page.users) for page in listed[:-1]] == [page_size] * (len(listed) - 1)
    # A full page is the last one too if nothing comes after it.
    assert len(listed) == -(-5 // page_size)
    assert {page.total_count for page in listed} == {5}
    assert names(users, **arguments) == expected
    assert len({user.user_id for page in listed for user in page.users}) == 5


@pytest.mark.parametrize(
    "filter, expected",
    [
        ("status = USER_STATUS_ACTIVE", ["Cid", "Eve"]),
        ("status:active", ["Cid", "Eve"]),
        ("status != USER_STATUS_ACTIVE", ["Ada", "Bob", "Bob"]),
        ("roles:clerk", ["Ada", "Bob", "Bob"]),
        ("roles:Ada AND status:suspended", ["Ada"]),
        ("roles:nobody", []),
    ],
)
def test_a_filter_says_who_is_listed_and_counted(users, team, filter, expected):
    arguments = {"filter": f"{team.filter} AND {filter}", "order_by": "name"}
    assert names(users, page_size=2, **arguments) == expected
    assert ask(users, page_size=1, **arguments).total_count == len(expected)


def test_a_changed_page_size_is_honoured(users, team):
    arguments = {"filter": team.filter, "order_by": "name"}
    token = ask(users, page_size=1, **arguments).next_page_token
    page = ask(users, page_size=3, page_token=token, **arguments)
    assert [user.name.split()[1] for user in page.users] == ["Bob", "Bob", "Cid"]


@pytest.mark.parametrize("change", [{"filter": ""}, {"order_by": "name desc"}, {"order_by": ""}])
def test_a_token_is_refused_when_the_request_has_changed(users, team, change):
    arguments = {"filter": team.filter, "order_by": "name", "page_size": 2}
    token = ask(users, **arguments).next_page_token
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        ask(users, **{**arguments, **change, "page_token": token})
    assert violated(details) == ["page_token"]


def test_a_token_that_was_tampered_with_is_refused_without_a_reason(users, team):
    arguments = {"filter": team.filter, "page_size": 2}
    token = ask(users, **arguments).next_page_token
    forged = [token[:-1], token[1:], token + "A", token[::-1], token.swapcase(), "!", "A" * 10_000]
    forged += [
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        for place in range(0, len(token), 5)
    ]
    answers = set()
    for wrong in forged:
        with pytest.raises(grpc.RpcError) as failure:
            ask(users, page_token=wrong, **arguments)
        answers.add((failure.value.code(), failure.value.details()))
    assert {code for code, _ in answers} == {StatusCode.INVALID_ARGUMENT}
    assert len(answers) == 1, "the error tells what is wrong with a token"
    assert len(ask(users, page_token=token, **arguments).users) == 2


@pytest.mark.parametrize("order_by", ["name", "name desc", "created_at", "created_at desc"])
def test_nobody_is_lost_or_listed_twice_while_users_come_and_go(users, team, order_by):
    stay = {user.user_id for page in pages(users, filter=team.filter) for user in page.users}
    guest = None
    seen = []
    for page in pages(users, filter=team.filter, order_by=order_by, page_size=2):
        seen += [user.user_id for user in page.users]
        if guest:
            users.DeleteUser(user_pb2.DeleteUserRequest(user_id=guest.user_id), timeout=5)
        if len(seen) < 20:
            team.create("Aaa")
            guest = team.create("Bob")
    assert len(seen) == len(set(seen))
    assert stay <= set(seen)


@pytest.mark.parametrize(
    "arguments, fields",
    [
        ({"filter": "shoe_size = 40"}, ["filter"]),
        ({"filter": "status = HAPPY"}, ["filter"]),
        ({"filter": "name ="}, ["filter"]),
        ({"order_by": "shoe_size"}, ["order_by"]),
        ({"order_by": "roles"}, ["order_by"]),
        ({"order_by": "name, name desc"}, ["order_by"]),
        ({"order_by": "name down"}, ["order_by"]),
        ({"filter": "shoe_size = 40", "order_by": "nothing", "page_size": -1}, ["filter", "order_by", "page_size"]),
    ],
)
def test_what_is_wrong_with_a_list_request_is_named(users, arguments, fields):
    with refused(StatusCode.INVALID_ARGUMENT, error_details_pb2.BadRequest) as details:
        ask(users, **arguments)
    assert sorted(violated(details)) == fields
    assert all(violation.description for violation in details[0].field_violations)
