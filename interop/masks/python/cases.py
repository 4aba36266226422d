"""Writes the cases: the matrix of known differences, then random ones."""

import random

from masks_pb2 import Author, Book, Case, Cases, Pair, Paths

# Of each operation.
RANDOM_CASES = 3000
SEED = 20

# Paths that exist, on every level and of every kind of field. Those that an
# implementation judges in its own way stand in the matrix, and below.
LEAVES = (
    "title", "rating", "author", "author.given_name", "author.family_name", "author.address",
    "author.address.city", "author.address.street", "author.aliases", "tags", "reviews", "counts",
    "authors", "ebook", "ebook.given_name", "ebook.address.city", "paperback", "pages", "subtitle",
    "create_time", "cover", "kind", "sequel", "sequel.title", "sequel.rating", "sequel.author.given_name",
    "sequel.tags", "sequel.ebook.family_name", "sequel.paperback", "sequel.sequel.title", "price", "note",
)  # fmt: skip
# Paths that some implementations refuse, ignore, or understand as something else.
ODD = (
    "*", "", ".", "author.", ".author", "author..address", "nope", "author.nope", "nope.title", "title.nope",
    "tags.nope", "authors.given_name", "authors.0", "reviews.k", "reviews.k.stars", "counts.1", "counts.value",
    "format", "create_time.seconds", "subtitle.value", "givenName", "Title", " title", "title ", "reviews.*",
    "authors.*", "authors.*.given_name", "author.*", "reviews.`k`",
)  # fmt: skip

GIVEN = Author(given_name="given")
FAMILY = Author(family_name="family")
BOTH = Author(given_name="old given", family_name="old family")


def merge(name, paths, source, stored, replace_messages=False, replace_lists=False):
    case = Case(name=name)
    case.merge.mask.paths.extend(paths)
    case.merge.source.CopyFrom(source)
    case.merge.stored.CopyFrom(stored)
    case.merge.replace_messages = replace_messages
    case.merge.replace_lists = replace_lists
    return case


def trim(name, paths, stored):
    case = Case(name=name)
    case.trim.mask.paths.extend(paths)
    case.trim.stored.CopyFrom(stored)
    return case


def reviews(**stars):
    book = Book()
    for key, value in stars.items():
        book.reviews[key].stars = value
    return book


def matrix():
    """What libraries are known to do differently: each row with each option."""
    rows = (
        ("leaf, parent unset in the source", ["author.given_name"], Book(), Book(author=BOTH)),
        ("leaf, parent unset in both", ["author.given_name"], Book(), Book()),
        ("leaf two levels down, parents unset in both", ["author.address.city"], Book(), Book(author=BOTH)),
        ("leaf, parent set and leaf unset in the source", ["author.given_name"], Book(author=FAMILY), Book()),
        ("message, unset in the source", ["author"], Book(), Book(author=GIVEN)),
        ("message, set in both", ["author"], Book(author=FAMILY), Book(author=GIVEN)),
        ("message, set and empty in the source", ["author"], Book(author=Author()), Book(author=GIVEN)),
        ("message, set and empty in the source, unset in the stored", ["author"], Book(author=Author()), Book()),
        ("list", ["tags"], Book(tags=["new"]), Book(tags=["old"])),
        ("list, empty in the source", ["tags"], Book(), Book(tags=["old"])),
        ("list of messages", ["authors"], Book(authors=[GIVEN]), Book(authors=[FAMILY])),
        ("list in a message", ["author"], Book(author=Author(aliases=["new"])), Book(author=Author(aliases=["old"]))),
        ("map to messages", ["reviews"], reviews(k=1), reviews(k=2, z=3)),
        ("map, empty in the source", ["reviews"], Book(), reviews(k=2)),
        ("map to scalars", ["counts"], Book(counts={1: 1}), Book(counts={1: 2, 3: 3})),
        ("key of a map", ["reviews.k"], reviews(k=1), reviews(k=2, z=3)),
        ("optional, unset in the source", ["rating"], Book(), Book(rating=5)),
        ("optional, zero in the source", ["rating"], Book(rating=0), Book()),
        ("scalar, default in the source", ["title"], Book(), Book(title="old")),
        ("oneof, this member in the source", ["ebook"], Book(ebook=GIVEN), Book(paperback="old")),
        ("oneof, another member in the source", ["ebook"], Book(paperback="new"), Book(ebook=GIVEN)),
        ("oneof, below a member that neither has", ["ebook.given_name"], Book(paperback="new"), Book(paperback="old")),
        ("oneof, below a member of the source", ["ebook.given_name"], Book(ebook=BOTH), Book(paperback="old")),
        ("oneof, scalar that neither has", ["paperback"], Book(ebook=GIVEN), Book(ebook=FAMILY)),
        ("oneof, number that neither has", ["pages"], Book(ebook=GIVEN), Book(ebook=FAMILY)),
        ("oneof, zero in the source", ["pages"], Book(pages=0), Book(paperback="old")),
        ("star", ["*"], Book(title="new"), Book(title="old", rating=5)),
        ("unknown and known", ["nope", "title"], Book(title="new"), Book(title="old")),
        ("known and unknown", ["title", "nope"], Book(title="new"), Book(title="old")),
        ("empty mask", [], Book(title="new"), Book(title="old")),
        ("message and a field of it", ["author", "author.given_name"], Book(author=FAMILY), Book(author=GIVEN)),
        ("list twice", ["tags", "tags"], Book(tags=["new"]), Book(tags=["old"])),
        ("well-known type", ["create_time"], Book(create_time={"seconds": 1}), Book(create_time={"nanos": 2})),
        ("field of a well-known type", ["create_time.seconds"], Book(create_time={"seconds": 1}), Book()),
        ("wrapper", ["subtitle"], Book(subtitle={"value": "new"}), Book()),
        ("wrapper, unset in the source", ["subtitle"], Book(), Book(subtitle={"value": "old"})),
        ("wrapper, set and empty in the source", ["subtitle"], Book(subtitle={}), Book(subtitle={"value": "old"})),
        ("field of a wrapper", ["subtitle.value"], Book(subtitle={"value": "new"}), Book()),
        ("bytes", ["cover"], Book(cover=b"new"), Book(cover=b"old")),
        ("bytes, default in the source", ["cover"], Book(), Book(cover=b"old")),
        ("enum", ["kind"], Book(kind=1), Book(kind=2)),
        ("enum, value without a name", ["kind"], Book(kind=9), Book(kind=2)),
        ("negative zero", ["price"], Book(price=-0.0), Book(price=1.0)),
        ("name of a oneof", ["format"], Book(ebook=GIVEN), Book()),
        ("below a list", ["authors.given_name"], Book(authors=[GIVEN]), Book(authors=[BOTH])),
        ("deep", ["sequel.sequel.title"], Book(sequel={"sequel": {"title": "new"}}), Book(sequel={"title": "old"})),
    )
    for name, paths, source, stored in rows:
        for replace_messages in (False, True):
            for replace_lists in (False, True):
                yield merge(name, paths, source, stored, replace_messages, replace_lists)
    full = Book(title="t", rating=1, author=BOTH, tags=["a"], authors=[BOTH, GIVEN], paperback="p")
    full.reviews["k"].stars = 1
    for path in ODD:
        yield trim(f"`{path}`", [path], full)
        yield trim(f"`{path}` and a field", [path, "title"], full)
    yield trim("empty mask", [], full)
    yield trim("message that is unset", ["sequel.title"], full)
    for path in LEAVES + ODD:
        yield Case(name=f"`{path}`", check=Paths(paths=[path]))
        yield Case(name=f"`{path}`", canonical=Paths(paths=[path]))
        yield Case(name=f"`{path}` after a field", check=Paths(paths=["title", path]))
    for left, right in (
        (["author"], ["author.given_name"]),
        (["author.given_name"], ["author"]),
        (["author"], ["author.nope"]),
        (["sequel"], ["sequel.sequel.title"]),
        (["title"], ["title"]),
        (["title"], []),
        ([], ["title"]),
        ([], []),
        (["author", "author.given_name"], ["author.family_name"]),
        (["nope"], ["nope.below"]),
    ):
        for operation in ("union", "intersect", "subtract"):
            pair = Pair(left=Paths(paths=left), right=Paths(paths=right))
            yield Case(name=f"{left} and {right}", **{operation: pair})
    for paths in (
        [], ["title"], ["author.given_name", "title"], ["foo_3_bar"], ["foo_"], ["foo__bar"], ["_foo"], ["fooBar"],
        ["*"], [""], ["", "title"], ["a,b"], ["reviews.`a.b`"], ["foo3"], ["foo_b3"],
    ):  # fmt: skip
        yield Case(name=f"{paths}", to_json=Paths(paths=paths))
    for text in (
        "", "title", "author.givenName,title", "foo_bar", "fooBar", "a,,b", "a,", ",a", ",", "*", "Foo", "fooBAR",
        " title", "title ", "title, rating", "foo3Bar", "a..b", "reviews.`aB`",
    ):  # fmt: skip
        yield Case(name=repr(text), from_json=text)


class Random:
    """Random books and masks, small enough that both sides often agree on a field."""

    def __init__(self):
        self.random = random.Random(SEED)

    def chance(self, probability=0.5):
        return self.random.random() < probability

    def word(self):
        return self.random.choice(("", "a", "b", "c"))

    def author(self):
        author = Author(given_name=self.word(), family_name=self.word())
        if self.chance():
            author.address.city = self.word()
            if self.chance():
                author.address.street = self.word()
        author.aliases.extend(self.word() for _ in range(self.random.randrange(3)))
        return author

    def book(self, depth=2):
        book = Book(title=self.word(), kind=self.random.randrange(3), price=self.random.randrange(2))
        book.cover = self.word().encode()
        book.tags.extend(self.word() for _ in range(self.random.randrange(3)))
        if self.chance():
            book.rating = self.random.randrange(2)
        if self.chance():
            book.note = self.word()
        if self.chance():
            book.author.CopyFrom(self.author())
        for _ in range(self.random.randrange(3)):
            review = book.reviews[self.word()]
            review.stars, review.text = self.random.randrange(2), self.word()
            book.counts[self.random.randrange(3)] = self.random.randrange(2)
        book.authors.extend(self.author() for _ in range(self.random.randrange(3)))
        match self.random.randrange(4):
            case 0:
                book.ebook.CopyFrom(self.author())
            case 1:
                book.paperback = self.word()
            case 2:
                book.pages = self.random.randrange(2)
        if self.chance():
            book.subtitle.value = self.word()
        if self.chance():
            book.create_time.seconds = self.random.randrange(2)
        if depth and self.chance():
            book.sequel.CopyFrom(self.book(depth - 1))
        return book

    def paths(self, odd=0.0):
        count = self.random.randrange(6)
        return [self.random.choice(ODD if self.chance(odd) else LEAVES) for _ in range(count)]


def randoms():
    """Random cases of each operation; one mask in some has an odd path."""
    dice = Random()
    for number in range(RANDOM_CASES):
        name = f"random {number}"
        odd = 0.2 if dice.chance(0.2) else 0.0
        yield merge(name, dice.paths(odd), dice.book(), dice.book(), dice.chance(), dice.chance())
        yield trim(name, dice.paths(odd), dice.book())
        yield Case(name=name, check=Paths(paths=dice.paths(odd)))
        yield Case(name=name, canonical=Paths(paths=dice.paths(odd)))
        for operation in ("union", "intersect", "subtract"):
            pair = Pair(left=Paths(paths=dice.paths(odd)), right=Paths(paths=dice.paths(odd)))
            yield Case(name=name, **{operation: pair})


def write(path):
    cases = Cases(cases=[*matrix(), *randoms()])
    path.write_bytes(cases.SerializeToString(deterministic=True))
    return cases
