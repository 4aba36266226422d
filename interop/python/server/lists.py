"""ListUsers: filters, orders and page tokens, as far as the suites ask for them.

A filter is `FIELD = VALUE`, `FIELD != VALUE` or `FIELD:VALUE`, joined by AND;
a value is a word or a text in quotes, and `*` at its end stands for anything.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from functools import cmp_to_key

from ecommerce_stubs import user_pb2

# Tokens are good for the life of the process.
KEY = secrets.token_bytes(32)
RESTRICTION = re.compile(r'(\w+) *(=|!=|:) *(?:"([^"]*)"|([^ "]+))')
TERM = re.compile(r"(\w+)( +desc)?")
SORTABLE = {
    "user_id": lambda user: user.user_id,
    "email": lambda user: user.email,
    "name": lambda user: user.name,
    "status": lambda user: user.status,
    "created_at": lambda user: user.created_at.ToNanoseconds(),
    "updated_at": lambda user: user.updated_at.ToNanoseconds(),
}


def parse_filter(text):
    """What says whether a user matches; ValueError where the text makes no sense."""
    tests = [restriction(part.strip()) for part in text.split(" AND ")] if text.strip() else []
    return lambda user: all(test(user) for test in tests)


def restriction(text):
    parsed = RESTRICTION.fullmatch(text)
    if parsed is None:
        raise ValueError(f'expected FIELD = VALUE, got "{text}"')
    field, operator, quoted, word = parsed.groups()
    value = word if quoted is None else quoted
    if field == "status":
        wanted = status(value)
        return lambda user: (user.status == wanted) != (operator == "!=")
    if field == "roles" and operator == ":":
        return lambda user: value in user.roles
    if field not in ("email", "name") or operator == ":":
        raise ValueError(f'"{field}" cannot be compared by "{operator}"')
    if value.endswith("*"):
        return lambda user: getattr(user, field).startswith(value[:-1]) != (operator == "!=")
    return lambda user: (getattr(user, field) == value) != (operator == "!=")


def status(name):
    for known, number in user_pb2.UserStatus.items():
        if name == known or name.upper() == known.removeprefix("USER_STATUS_"):
            return number
    raise ValueError(f'"{name}" is no status')


def parse_order(text):
    """The fields to sort by, each with whether it descends; always a total order."""
    terms = []
    for part in text.split(",") if text.strip() else []:
        parsed = TERM.fullmatch(part.strip())
        if parsed is None or parsed[1] not in SORTABLE or parsed[1] in dict(terms):
            raise ValueError(f'cannot sort by "{part.strip()}"')
        terms.append((parsed[1], parsed[2] is not None))
    return terms if "user_id" in dict(terms) else [*terms, ("user_id", False)]


class Order:
    """Sorts users, and finds those that come after a position."""

    def __init__(self, terms):
        self.terms = terms

    def position(self, user):
        return [SORTABLE[field](user) for field, _ in self.terms]

    def compare(self, left, right):
        for (_, descends), one, other in zip(self.terms, left, right):
            if one != other:
                return -1 if (one < other) != descends else 1
        return 0

    def sort(self, users, after):
        key = cmp_to_key(self.compare)
        found = sorted(users, key=lambda user: key(self.position(user)))
        return [user for user in found if after is None or self.compare(self.position(user), after) > 0]


def seal(request, position):
    """A token for what comes after the position, good for this request with any page size."""
    payload = json.dumps(position).encode()
    return base64.urlsafe_b64encode(signature(request, payload) + payload).decode()


def unseal(request, token):
    """The position; ValueError for what is no token of this request."""
    try:
        sealed = base64.b64decode(token, altchars=b"-_", validate=True)
    except ValueError:
        sealed = b""
    # Only the one spelling of these bytes is the token.
    if base64.urlsafe_b64encode(sealed).decode() != token:
        sealed = b""
    tag, payload = sealed[:32], sealed[32:]
    if not hmac.compare_digest(tag, signature(request, payload)):
        raise ValueError("is not a token of this request")
    return json.loads(payload)


def signature(request, payload):
    bound = json.dumps([request.filter, request.order_by]).encode()
    return hmac.digest(KEY, hashlib.sha256(bound).digest() + payload, "sha256")
