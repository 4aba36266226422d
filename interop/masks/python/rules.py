"""What other implementations are allowed to do differently.

A rule rewrites a case into one that the other implementation answers as ours
answers the original: so where the two differ, they still have to differ in
exactly the listed way. disagreements.txt says who each rule is for, and why.
"""

from google.protobuf.descriptor import FieldDescriptor
from masks_pb2 import Book

# A path that nobody knows; unlike no path at all it leaves a mask with one.
UNKNOWN = "nope"


def parts(case):
    """The masks of a case."""
    operation = case.WhichOneof("operation")
    content = getattr(case, operation)
    match operation:
        case "merge" | "trim":
            return [content.mask]
        case "union" | "intersect" | "subtract":
            return [content.left, content.right]
        case "check" | "canonical" | "to_json":
            return [content]
    return []


def replace(case, matches):
    """Takes paths out of the masks, or makes them unknown where that counts."""
    instead = [UNKNOWN] if case.WhichOneof("operation") in ("check", "trim") else []
    for mask in parts(case):
        mask.paths[:] = [kept for path in mask.paths for kept in (instead if matches(path) else [path])]


def resolve(path):
    """The fields of a path, or None where it does not lead to one."""
    fields = []
    message = Book.DESCRIPTOR
    for name in path.split("."):
        field = message.fields_by_name.get(name) if message else None
        if field is None or (fields and fields[-1].is_repeated):
            return None
        fields.append(field)
        message = field.message_type
    return fields


def is_value(field):
    """Is the field a message that Transom takes as one value?"""
    return is_message(field) and field.message_type.file.package == "google.protobuf"


def is_message(field):
    return field.type == FieldDescriptor.TYPE_MESSAGE


def present(message, fields):
    """How many of the messages in these fields there are, from the outermost inwards."""
    for depth, field in enumerate(fields):
        if not message.HasField(field.name):
            return depth
        message = getattr(message, field.name)
    return len(fields)


def inner(message, fields):
    """The message in these fields; it is made where it is not there."""
    for field in fields:
        message = getattr(message, field.name)
        message.SetInParent()
    return message


def update_paths(merge, rewrite, contained_too=True):
    """Gives each path of an update that leads to a field to `rewrite`, which says whether it stays; those that another
    path contains only if asked to."""
    kept = []
    for path in merge.mask.paths:
        fields = resolve(path)
        skipped = not contained_too and any(path.startswith(f"{other}.") for other in merge.mask.paths)
        if fields is None or skipped or rewrite(fields[:-1], fields[-1]):
            kept.append(path)
    merge.mask.paths[:] = kept


# The rules. Each changes a case in place.


def unknown_paths(case):
    replace(case, lambda path: resolve(path) is None)


def empty_segments(case):
    replace(case, lambda path: not all(path.split(".")))


def entered_values(case):
    def enters(path):
        return any(is_value(field) for field in (resolve(path) or [])[:-1])

    replace(case, enters)


def empty_mask(case):
    if not case.trim.mask.paths:
        case.trim.mask.paths.append(UNKNOWN)


def created_parents(case):
    merge = case.merge

    def rewrite(parents, _):
        given, there = present(merge.source, parents), present(merge.stored, parents)
        if given == len(parents) or there == len(parents):
            return True
        inner(merge.stored, parents[: max(given, there)])
        return False

    update_paths(merge, rewrite)


def kept_leaves(case):
    merge = case.merge

    def rewrite(parents, field):
        given, there = present(merge.source, parents), present(merge.stored, parents)
        if given == len(parents):
            return True
        if there == len(parents):
            if field.is_repeated:
                clears = merge.replace_lists
            else:
                clears = not is_message(field) or merge.replace_messages
            if clears:
                inner(merge.stored, parents).ClearField(field.name)
        else:
            inner(merge.stored, parents[: max(given, there)])
        return False

    update_paths(merge, rewrite, contained_too=False)


def unmade_parents(case):
    merge = case.merge

    def rewrite(parents, field):
        if is_message(field) and not field.is_repeated and present(merge.source, [*parents, field]) == len(parents):
            inner(merge.stored, parents)
        return True

    update_paths(merge, rewrite)


def negative_zero(case):
    if case.merge.source.price == 0:
        case.merge.source.price = 0


def unwritable_paths(case):
    # What every implementation refuses stands for it.
    if case.WhichOneof("operation") == "to_json":
        paths = case.to_json.paths
        paths[:] = [path if path and not set(path) & set(", ") else "A" for path in paths]
    elif case.from_json and (" " in case.from_json or not all(case.from_json.split(","))):
        case.from_json = "_"


RULES = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        unknown_paths,
        empty_segments,
        entered_values,
        empty_mask,
        created_parents,
        kept_leaves,
        unmade_parents,
        negative_zero,
        unwritable_paths,
    )
}
