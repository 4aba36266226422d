"""Answers the cases with Python's google.protobuf.field_mask_pb2.FieldMask."""

from google.protobuf.field_mask_pb2 import FieldMask
from masks_pb2 import Answer, Answers, Book, Paths


def answers(cases):
    return Answers(answers=[answer(case) for case in cases.cases])


def answer(case):
    operation = case.WhichOneof("operation")
    try:
        return OPERATIONS[operation](getattr(case, operation))
    except (KeyError, ValueError) as error:
        return Answer(error=f"{type(error).__name__}: {error}")


def merge(case):
    book = Book()
    book.CopyFrom(case.stored)
    mask_of(case.mask).MergeMessage(case.source, book, case.replace_messages, case.replace_lists)
    return Answer(book=book)


def check(paths):
    return Answer(valid=mask_of(paths).IsValidForDescriptor(Book.DESCRIPTOR))


def canonical(paths):
    mask = FieldMask()
    mask.CanonicalFormFromMask(mask_of(paths))
    return paths_of(mask)


def union(pair):
    mask = FieldMask()
    mask.Union(mask_of(pair.left), mask_of(pair.right))
    return paths_of(mask)


def intersect(pair):
    mask = FieldMask()
    mask.Intersect(mask_of(pair.left), mask_of(pair.right))
    return paths_of(mask)


def absent(_):
    return Answer(absent=True)


def to_json(paths):
    return Answer(text=mask_of(paths).ToJsonString())


def from_json(text):
    mask = FieldMask()
    mask.FromJsonString(text)
    return paths_of(mask)


def mask_of(paths):
    return FieldMask(paths=paths.paths)


def paths_of(mask):
    return Answer(paths=Paths(paths=mask.paths))


OPERATIONS = {
    "merge": merge,
    "trim": absent,
    "check": check,
    "canonical": canonical,
    "union": union,
    "intersect": intersect,
    "subtract": absent,
    "to_json": to_json,
    "from_json": from_json,
}
