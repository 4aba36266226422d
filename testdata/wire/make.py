#!/usr/bin/env python3
"""Writes the bytes that Python's protobuf makes of some messages of ../ok, one file a case.

    python3 testdata/wire/make.py            writes wire/<case>.txt
    python3 testdata/wire/make.py --check    fails when a file differs from what it would write

Needs `pip install grpcio-tools`, which brings protoc and protobuf. The Rust test
`testdata/tests/wire.rs` holds each message as a Rust value, encodes it to these bytes
and decodes these bytes to it. What it does not do: say anything about JSON or validation.
"""

import pathlib
import sys
import tempfile

import grpc_tools
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from grpc_tools import protoc

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "ok"
HEADER = "# Made by make.py: `<message> <label>`, then its bytes in hex. Do not edit.\n"

# Every scalar at the end of its range that tells it from its neighbours (signed from unsigned,
# zigzag from plain); fixed-width types of one width are told apart by the Rust values.
EXTREMES = r"""
    double: -1.5 float: 3.25 int32: -1 int64: -9223372036854775808 uint32: 4294967295
    uint64: 18446744073709551615 sint32: -2147483648 sint64: -9223372036854775808
    fixed32: 4294967295 fixed64: 18446744073709551615 sfixed32: -2 sfixed64: -3
    bool: true string: "\303\251\360\237\246\200" bytes: "\000\377"
"""
ZEROES = """
    double: 0 float: 0 int32: 0 int64: 0 uint32: 0 uint64: 0 sint32: 0 sint64: 0
    fixed32: 0 fixed64: 0 sfixed32: 0 sfixed64: 0 bool: false string: "" bytes: ""
"""
LISTS = r"""
    double: [1, -1] float: [0.5, -0.5] int32: [1, -1] int64: [2, -2] uint32: [0, 4294967295]
    uint64: [0, 18446744073709551615] sint32: [-1, 1] sint64: [-64, 64] fixed32: [1, 2]
    fixed64: [3, 4] sfixed32: [-1, 1] sfixed64: [-2, 2] bool: [true, false]
    string: ["a", ""] bytes: ["\377", ""]
"""

# case -> (message, label, value in protobuf's text format)
MESSAGES = {
    "proto2_required": [
        ("required.Required", "extremes", EXTREMES + 'level: LEVEL_NEGATIVE inner {name: "i" notes: ["", "n"]}'),
        ("required.Required", "zeroes", ZEROES + 'level: LEVEL_LOW inner {name: ""}'),
        ("required.Inner", "optional", 'name: "n" note: ""'),
    ],
    "proto2_defaults": [
        ("defaults.Defaults", "required", 'required: 42 required_string: "required" required_level: LEVEL_NEGATIVE'),
        (
            "defaults.Defaults",
            "explicit",
            'int32: -2147483648 bool: true string: "" level: LEVEL_HIGH mood: BAD double: inf empty: "" '
            'required: 0 required_string: "" required_level: LEVEL_HIGH chosen: 5',
        ),
    ],
    "proto3_optional": [
        ("presence.Explicit", "unset", ""),
        ("presence.Explicit", "zeroes", ZEROES + "level: LEVEL_UNSPECIFIED implicit {}"),
        ("presence.Explicit", "extremes", EXTREMES + "level: LEVEL_HIGH implicit {int32: 7}"),
        ("presence.Implicit", "zeroes", ZEROES),
        ("presence.Implicit", "extremes", EXTREMES + "level: 17"),
        ("presence.Mixed", "all", 'before: "" number: 0 after: "a"'),
    ],
    "packed": [
        (
            "packed.Packed2",
            "all",
            "plain: [1, 2, 300] packed: [1, 2, 300] unpacked: [-1] levels: [LEVEL_ONE, LEVEL_TWO] "
            'packed_levels: [LEVEL_TWO, LEVEL_ONE] strings: ["", "s"]',
        ),
        (
            "packed.Packed3",
            "all",
            LISTS + "shade: [SHADE_DARK, SHADE_UNSPECIFIED] packed: [1] unpacked: [1, 2] "
            "unpacked_shade: [SHADE_DARK] options_without_packed: [5, 6] message {int32: 1} message {}",
        ),
        (
            "packed.PackedEditions",
            "all",
            'packed: [1, 2] expanded: [3, 4] packed_shade: [SHADE_DARK] expanded_shade: [SHADE_DARK, SHADE_UNSPECIFIED] strings: ["s"]',
        ),
    ],
    "groups": [
        (
            "groups.Search",
            "all",
            'Query {text: "q" Range {from: 1 to: -1}} Result {url: "a" snippets: ["x", ""]} Result {url: ""} '
            'Page {number: 1} Site {host: "h"}',
        ),
        ("groups.Search", "least", 'Page {} language: ""'),
    ],
    "maps": [
        (
            "maps.Keys",
            "one_each",
            'int32 {key: -1 value: "a"} int64 {key: -2 value: "b"} uint32 {key: 4294967295 value: "c"} '
            'uint64 {key: 18446744073709551615 value: "d"} sint32 {key: -3 value: "e"} sint64 {key: -4 value: "f"} '
            'fixed32 {key: 1 value: "g"} fixed64 {key: 2 value: "h"} sfixed32 {key: -5 value: "i"} '
            'sfixed64 {key: -6 value: "j"} bool {key: true value: "k"} string {key: "l" value: "m"}',
        ),
        (
            "maps.Values",
            "one_each",
            'double {key: "a" value: -0.5} float {key: "b" value: 0.25} int32 {key: "c" value: -1} '
            'uint64 {key: "d" value: 18446744073709551615} bool {key: "e" value: true} bytes {key: "f" value: "\\377"} '
            'color {key: "g" value: COLOR_RED} item {key: "h" value {name: "n"}} values {key: "i" value {int32 {key: "j" value: 1}}} '
            'timestamp {key: "k" value {seconds: -1 nanos: 1}} '
            'shade {key: "l" value: SHADE_DARK}',
        ),
        ("maps.Values", "empty_value", "inner {key: 9 value {inner {key: true value {}}}}"),
    ],
    "oneofs": [
        ("oneofs.All", field, text)
        for field, text in [
            ("unset", ""),
            ("double", "double: 0"),
            ("float", "float: -0.5"),
            ("int32", "int32: -1"),
            ("int64", "int64: -1"),
            ("uint32", "uint32: 0"),
            ("uint64", "uint64: 18446744073709551615"),
            ("sint32", "sint32: -1"),
            ("sint64", "sint64: -1"),
            ("fixed32", "fixed32: 1"),
            ("fixed64", "fixed64: 1"),
            ("sfixed32", "sfixed32: -1"),
            ("sfixed64", "sfixed64: -1"),
            ("bool", "bool: false"),
            ("string", 'string: ""'),
            ("bytes", 'bytes: "\\000"'),
            ("color", "color: COLOR_RED"),
            ("small", "small {}"),
            ("large", 'large {a: "a" l: "l"}'),
            ("empty", "empty {}"),
        ]
    ]
    + [
        ("oneofs.Two", "both", 'a: "" between: "b" c: 0'),
        ("oneofs.Shadowed", "message", "message {}"),
    ],
    "edition_2023": [
        ("editions.v2023.Presence", "zeroes", 'explicit: "" implicit: "" required: "" with_default: 0 level: LEVEL_UNSPECIFIED level_with_default: LEVEL_UNSPECIFIED inner {value: 0}'),
        ("editions.v2023.Presence", "values", 'explicit: "e" implicit: "i" required: "r" with_default: 42 level: 9 message {}'),
        (
            "editions.v2023.Encoding",
            "all",
            "prefixed {value: 1} delimited {value: 2} delimited_list {value: 3} delimited_list {} packed: [1, 2] expanded: [3, 4] "
            'map {key: "k" value {value: 5}} closed: CLOSED_SECOND closed_list: [CLOSED_FIRST, CLOSED_SECOND] unverified: "u" '
            "Group {inner {value: 6}}",
        ),
        (
            "editions.implicit.Inherits",
            "all",
            "implicit: 0 explicit: 0 expanded: [1, 2] packed: [3, 4] delimited {explicit: 5} prefixed {implicit: 6} "
            'map {key: "k" value {explicit: 7}} level: LEVEL_HIGH',
        ),
    ],
    "edition_2024": [
        (
            "editions.v2024.Visible",
            "all",
            'explicit: "" implicit: "" with_default: 0 packed: [1, -1] hidden {secret: ""} nested {flag: true} mode: MODE_UNSPECIFIED',
        ),
        ("editions.v2024.UsesInside", "all", "inside: INSIDE_ONE insides: [INSIDE_ONE, INSIDE_ONE]"),
    ],
    "mixed_syntax": [
        (
            "mixed.Two",
            "all",
            "three {edition {implicit: 0 explicit: 0 packed: [1, 2]} packed: [3, 4] implicit: 0 explicit: 0} "
            "edition {implicit: 5} open: OPEN_UNSPECIFIED unpacked: [6, 7] explicit: 9",
        ),
    ],
    "recursion": [
        (
            "recursion.Expression",
            "sum",
            'binary {left {number: 1} right {negate {binary {left {number: 0} operator: "-"}}} operator: "+"}',
        ),
        ("recursion.Direct", "chain", "next {maybe {next {}}}"),
    ],
    "extensions": [
        (
            "extensions.Extendable",
            "extended",
            'name: "n" [extensions.count]: 5 [extensions.labels]: "a" [extensions.payload] {data: "d"} '
            "[extensions.Payload.packed_numbers]: 1 [extensions.Payload.packed_numbers]: 2",
        ),
    ],
    "field_numbers": [
        (
            "numbers.Numbers",
            "all",
            'last: "a" one: "b" fifteen: "c" sixteen: "d" two_bytes: "e" three_bytes: "f" before_reserved: "g" after_reserved: "h"',
        ),
    ],
    "well_known_types": [
        (
            "known.Singular",
            "all",
            'any {type_url: "t" value: "v"} api {name: "a"} duration {seconds: 1 nanos: -1} empty {} field_mask {paths: ["a.b", "c"]} '
            'source_context {file_name: "f"} struct {fields {key: "k" value {null_value: NULL_VALUE}}} '
            'value {list_value {values {bool_value: false} values {string_value: "s"}}} list_value {values {number_value: 0}} '
            'timestamp {seconds: -1 nanos: 999999999} type {name: "t" syntax: SYNTAX_PROTO3} double {value: 0} float {value: 1} '
            'int64 {value: -1} uint64 {value: 1} int32 {value: 0} uint32 {value: 2} bool {value: true} string {value: ""} bytes {value: "b"} '
            'files {file {name: "n" dependency: ["d"]}} field_kind: TYPE_DOUBLE',
        ),
        ("known.Chosen", "null", "null_value: NULL_VALUE"),
        ("known.Chosen", "string", 'string {value: ""}'),
        ("known.Repeated", "all", 'value {null_value: NULL_VALUE} timestamp {} string {} string {value: "s"} empty {} null_value: [NULL_VALUE]'),
    ],
}


def load(case: str) -> descriptor_pool.DescriptorPool:
    """Compiles a case and returns a pool of its own with all its files."""
    root = CASES / case
    files = sorted(str(path.relative_to(root)) for path in root.rglob("*.proto"))
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    with tempfile.NamedTemporaryFile() as out:
        arguments = ["protoc", f"-I{root}", f"-I{well_known}", "--include_imports", f"--descriptor_set_out={out.name}"]
        if protoc.main(arguments + files) != 0:
            sys.exit(f"protoc refused the case {case}")
        files = descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(out.name).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return pool


def render(case: str) -> str:
    """The text of wire/<case>.txt."""
    pool = load(case)
    lines = [HEADER]
    for name, label, text in MESSAGES[case]:
        message = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))()
        text_format.Parse(text, message, descriptor_pool=pool)
        lines.append(f"{name} {label}\n{message.SerializeToString(deterministic=True).hex()}\n")
    return "".join(lines)


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(f"unknown arguments {sys.argv[1:]}, expected none or --check")
    stale = []
    for case in MESSAGES:
        path, text = HERE / f"{case}.txt", render(case)
        if check and (not path.exists() or path.read_text() != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text)
    known = {f"{case}.txt" for case in MESSAGES}
    stale += [path.name for path in HERE.glob("*.txt") if path.name not in known]
    if stale:
        print(f"stale in {HERE}: {', '.join(stale)}; run {sys.argv[0]} without --check", file=sys.stderr)
        return 1
    print(f"{len(MESSAGES)} files {'checked' if check else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
