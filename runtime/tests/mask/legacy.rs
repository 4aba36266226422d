//! proto2: required fields, also messages and boxed ones, and a group, which goes by the name of its message.

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Legacy {
    pub id: String,
    pub count: i32,
    pub head: Part,
    pub boxed: Box<Part>,
    pub optionalgroup: Option<Part>,
    pub repeatedgroup: Vec<Part>,
    pub own: Option<Box<Legacy>>,
    pub note: Option<String>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Part {
    pub key: String,
    pub value: Option<i32>,
}

transom::__private::fields! {
    impl Legacy = "shapes.v1.Legacy", reaches [];
    0 ID = 1, "id", "id", [] string: required(id);
    1 COUNT = 2, "count", "count", [] int32: required(count);
    2 HEAD = 3, "head", "head", [] message(Part): required(head);
    3 BOXED = 4, "boxed", "boxed", [] message(Part): required(boxed);
    4 OPTIONALGROUP = 5, "OptionalGroup", "optionalgroup", [] message(Part): optional(optionalgroup);
    5 REPEATEDGROUP = 6, "RepeatedGroup", "repeatedgroup", [] message(Part): repeated(repeatedgroup);
    6 OWN = 7, "own", "own", [] message(Legacy): optional(own);
    7 NOTE = 8, "note", "note", [] string: optional(note);
}

transom::__private::fields! {
    impl Part = "shapes.v1.Part", reaches [];
    0 KEY = 1, "key", "key", [] string: required(key);
    1 VALUE = 2, "value", "value", [] int32: optional(value);
}

/// Required fields with every behavior.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Ledger {
    pub name: String,
    pub region: String,
    pub title: String,
    pub serial: String,
    pub pin: String,
    pub origin: Entry,
    pub audit: Entry,
    pub seal: Box<Entry>,
    pub entry: Entry,
    pub older: Option<Box<Ledger>>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Entry {
    pub key: String,
    pub hash: String,
    pub code: String,
    pub note: Option<String>,
}

transom::__private::fields! {
    impl Ledger = "shapes.v1.Ledger", reaches [REQUIRED OUTPUT_ONLY INPUT_ONLY IMMUTABLE IDENTIFIER];
    0 NAME = 1, "name", "name", [IDENTIFIER] string: required(name);
    1 REGION = 2, "region", "region", [IMMUTABLE] string: required(region);
    2 TITLE = 3, "title", "title", [REQUIRED] string: required(title);
    3 SERIAL = 4, "serial", "serial", [OUTPUT_ONLY] string: required(serial);
    4 PIN = 5, "pin", "pin", [INPUT_ONLY] string: required(pin);
    5 ORIGIN = 6, "origin", "origin", [IMMUTABLE] message(Entry): required(origin);
    6 AUDIT = 7, "audit", "audit", [OUTPUT_ONLY] message(Entry): required(audit);
    7 SEAL = 8, "seal", "seal", [INPUT_ONLY] message(Entry): required(seal);
    8 ENTRY = 9, "entry", "entry", [REQUIRED] message(Entry): required(entry);
    9 OLDER = 10, "older", "older", [] message(Ledger): optional(older);
}

transom::__private::fields! {
    impl Entry = "shapes.v1.Entry", reaches [OUTPUT_ONLY INPUT_ONLY IMMUTABLE];
    0 KEY = 1, "key", "key", [IMMUTABLE] string: required(key);
    1 HASH = 2, "hash", "hash", [OUTPUT_ONLY] string: required(hash);
    2 CODE = 3, "code", "code", [INPUT_ONLY] string: required(code);
    3 NOTE = 4, "note", "note", [] string: optional(note);
}
