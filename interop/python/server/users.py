"""UserService: users in a dictionary, and their events."""

import queue
import threading
import uuid

import grpc
from google.protobuf import empty_pb2, timestamp_pb2

from ecommerce_stubs import user_pb2, user_pb2_grpc

from . import errors, lists

USER = "ecommerce.v1.User"
MUTABLE = ("email", "name", "avatar_url", "status", "roles")
# What clients may name in a mask, without an effect.
OUTPUT_ONLY = ("created_at", "updated_at")
CREATED = user_pb2.USER_EVENT_TYPE_CREATED
UPDATED = user_pb2.USER_EVENT_TYPE_UPDATED
DELETED = user_pb2.USER_EVENT_TYPE_DELETED


class UserService(user_pb2_grpc.UserServiceServicer):
    def __init__(self, downstream=None):
        self.downstream = downstream
        self.lock = threading.Lock()
        self.users = {}
        self.watchers = set()

    def CreateUser(self, request, context):
        violations = identity_violations(request.email, request.name, "")
        if not 8 <= len(request.password) <= 128:
            violations.append(("password", "must have 8 to 128 characters"))
        if violations:
            errors.invalid(context, violations)
        with self.lock:
            if self.email_taken(request.email):
                errors.already_exists(context, USER, request.email)
            user = user_pb2.User(
                user_id=str(uuid.uuid4()),
                email=request.email,
                name=request.name,
                status=user_pb2.USER_STATUS_ACTIVE,
                created_at=now(),
                updated_at=now(),
            )
            self.users[user.user_id] = user
            self.publish(CREATED, user)
            return user_pb2.CreateUserResponse(user=user)

    def GetUser(self, request, context):
        metadata = dict(context.invocation_metadata())
        if metadata.get("x-forward") == "true":
            return self.forward(request, context, metadata)
        remaining = remaining_seconds(context)
        if remaining is not None:
            context.initial.append(("x-deadline-ms", str(int(remaining * 1000))))
        with self.lock:
            user = self.existing(request.user_id, "user_id", context)
            return user_pb2.GetUserResponse(user=user)

    def ListUsers(self, request, context):
        violations = []
        if request.page_size < 0:
            violations.append(("page_size", "must not be negative"))

        def parsed(field, parse, default):
            try:
                return parse(getattr(request, field))
            except ValueError as error:
                violations.append((field, str(error)))
                return default

        matches = parsed("filter", lists.parse_filter, None)
        order = lists.Order(parsed("order_by", lists.parse_order, []))
        after = None
        if request.page_token:
            after = parsed("page_token", lambda token: lists.unseal(request, token), None)
        if violations:
            errors.invalid(context, violations)
        with self.lock:
            found = [user for user in self.users.values() if matches(user)]
        rest = order.sort(found, after)
        page = rest[: min(request.page_size or 50, 100)]
        more = len(page) < len(rest)
        return user_pb2.ListUsersResponse(
            users=page,
            next_page_token=lists.seal(request, order.position(page[-1])) if more else "",
            total_count=len(found),
        )

    def UpdateUser(self, request, context):
        paths = list(request.update_mask.paths)
        if not paths:
            paths = [field.name for field, _ in request.user.ListFields() if field.name in MUTABLE]
        elif paths == ["*"]:
            paths = list(MUTABLE)
        violations = [
            (f"update_mask.paths[{i}]", f'"{path}" is not a field that can be updated')
            for i, path in enumerate(paths)
            if path not in MUTABLE and path not in OUTPUT_ONLY
        ]
        if violations:
            errors.invalid(context, violations)
        paths = [path for path in paths if path in MUTABLE]
        with self.lock:
            stored = self.existing(request.user.user_id, "user.user_id", context)
            changed = user_pb2.User()
            changed.CopyFrom(stored)
            for path in paths:
                changed.ClearField(path)
                if path == "roles":
                    changed.roles.extend(request.user.roles)
                else:
                    setattr(changed, path, getattr(request.user, path))
            violations = identity_violations(changed.email, changed.name, "user.")
            if violations:
                errors.invalid(context, violations)
            if self.email_taken(changed.email, besides=stored.user_id):
                errors.already_exists(context, USER, changed.email)
            changed.updated_at.CopyFrom(now())
            self.users[stored.user_id] = changed
            self.publish(UPDATED, changed)
            return user_pb2.UpdateUserResponse(user=changed)

    def DeleteUser(self, request, context):
        with self.lock:
            user = self.existing(request.user_id, "user_id", context)
            del self.users[user.user_id]
            self.publish(DELETED, user)
            return empty_pb2.Empty()

    def WatchUsers(self, request, context):
        try:
            matches = lists.parse_filter(request.filter)
        except ValueError as error:
            errors.invalid(context, [("filter", str(error))])
        # Subscribed before the initial metadata goes out: a client that has
        # seen the metadata misses nothing.
        events = queue.Queue()
        with self.lock:
            self.watchers.add(events)

        def leave():
            with self.lock:
                self.watchers.discard(events)
            events.put(None)

        context.add_callback(leave)

        def responses():
            while (event := events.get()) is not None:
                if matches(event.user):
                    yield event

        return responses()

    def forward(self, request, context, metadata):
        if self.downstream is None:
            errors.abort(
                context,
                grpc.StatusCode.FAILED_PRECONDITION,
                "no downstream server: start this one with --downstream",
            )
        passed_on = [(k, v) for k, v in metadata.items() if k in ("authorization", "x-request-id")]
        call = self.downstream.GetUser.future(
            request, metadata=passed_on, timeout=remaining_seconds(context)
        )
        # Who gives up on this call gives up on that one.
        context.add_callback(call.cancel)
        try:
            response = call.result()
        except grpc.FutureCancelledError:
            context.abort(grpc.StatusCode.CANCELLED, "the caller gave up")
        except grpc.RpcError as error:
            context.set_trailing_metadata(error.trailing_metadata() or ())
            context.abort(error.code(), error.details())
        context.initial.extend(pair for pair in call.initial_metadata() if pair[0] == "x-deadline-ms")
        return response

    def existing(self, user_id, field, context):
        if not user_id:
            errors.invalid(context, [(field, "must not be empty")])
        if user_id not in self.users:
            errors.not_found(context, USER, user_id)
        return self.users[user_id]

    def email_taken(self, email, besides=None):
        return any(
            user.email.lower() == email.lower() and user.user_id != besides
            for user in self.users.values()
        )

    def publish(self, event_type, user):
        for watcher in self.watchers:
            watcher.put(user_pb2.UserEvent(event_type=event_type, user=user, timestamp=now()))


def identity_violations(email, name, prefix):
    violations = []
    local, _, domain = email.partition("@")
    if not local or not domain:
        violations.append((prefix + "email", "must be an address such as ada@example.com"))
    if not name:
        violations.append((prefix + "name", "must not be empty"))
    return violations


def remaining_seconds(context):
    """The time to the deadline; grpcio reports centuries where there is none."""
    remaining = context.time_remaining()
    return remaining if remaining is not None and remaining < 1e9 else None


def now():
    timestamp = timestamp_pb2.Timestamp()
    timestamp.GetCurrentTime()
    return timestamp
