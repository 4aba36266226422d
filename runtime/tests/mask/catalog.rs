//! Resources whose parts have a field of each behavior: in a message, a list, a map, a oneof, a box, and, in proto2, in
//! `required` messages and groups.

use std::collections::{BTreeMap, HashMap};

use prost_types::{FieldMask, Struct, Timestamp};

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Res {
    pub title: String,
    pub part: Option<Part>,
    pub list: Vec<Part>,
    pub parts: HashMap<String, Part>,
    pub by_number: BTreeMap<i32, Part>,
    pub pick: Option<res::Pick>,
    pub boxed: Option<Box<Part>>,
    pub fixed: Option<Part>,
    pub fixed_list: Vec<Part>,
    pub fixed_parts: HashMap<String, Part>,
    pub main: Option<Part>,
    pub needed: Vec<Part>,
    pub labels: HashMap<String, String>,
    pub code: String,
    pub nick: Option<String>,
    pub create_time: Option<Timestamp>,
    pub extra: Option<Struct>,
    pub res: Option<Box<Res>>,
}

pub mod res {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Pick {
        Two(String),
        Three(super::Part),
        Four(String),
    }
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Part {
    pub id: i32,
    pub label: String,
    pub state: i32,
    pub must: String,
    pub note: Option<String>,
    pub sub: Option<Box<Part>>,
    pub subs: Vec<Part>,
}

transom::__private::fields! {
    impl Res = "catalog.v1.Res", reaches [REQUIRED OUTPUT_ONLY IMMUTABLE];
    0 TITLE = 1, "title", "title", [] string: implicit(title);
    1 PART = 2, "part", "part", [] message(Part): optional(part);
    2 LIST = 3, "list", "list", [] message(Part): repeated(list);
    3 PARTS = 4, "parts", "parts", [] message(Part): map(parts, string);
    4 BY_NUMBER = 5, "by_number", "byNumber", [] message(Part): map(by_number, int32);
    5 TWO = 6, "two", "two", [] string: oneof(0, pick, res::Pick::Two);
    6 THREE = 7, "three", "three", [] message(Part): oneof(0, pick, res::Pick::Three);
    7 FOUR = 8, "four", "four", [OUTPUT_ONLY] string: oneof(0, pick, res::Pick::Four);
    8 BOXED = 9, "boxed", "boxed", [] message(Part): optional(boxed);
    9 FIXED = 10, "fixed", "fixed", [IMMUTABLE] message(Part): optional(fixed);
    10 FIXED_LIST = 11, "fixed_list", "fixedList", [IMMUTABLE] message(Part): repeated(fixed_list);
    11 FIXED_PARTS = 12, "fixed_parts", "fixedParts", [IMMUTABLE] message(Part): map(fixed_parts, string);
    12 MAIN = 13, "main", "main", [REQUIRED] message(Part): optional(main);
    13 NEEDED = 14, "needed", "needed", [REQUIRED] message(Part): repeated(needed);
    14 LABELS = 15, "labels", "labels", [REQUIRED] string: map(labels, string);
    15 CODE = 16, "code", "code", [REQUIRED IMMUTABLE] string: implicit(code);
    16 NICK = 17, "nick", "nick", [OUTPUT_ONLY] string: wrapper(nick);
    17 CREATE_TIME = 18, "create_time", "createTime", [OUTPUT_ONLY] timestamp: optional(create_time);
    18 EXTRA = 19, "extra", "extra", [] message(transom::fields::Struct): optional(extra);
    19 RES = 20, "res", "res", [] message(Res): optional(res);
}

transom::__private::fields! {
    impl Part = "catalog.v1.Part", reaches [REQUIRED OUTPUT_ONLY IMMUTABLE];
    0 ID = 1, "id", "id", [IMMUTABLE] int32: implicit(id);
    1 LABEL = 2, "label", "label", [] string: implicit(label);
    2 STATE = 3, "state", "state", [OUTPUT_ONLY] int32: implicit(state);
    3 MUST = 4, "must", "must", [REQUIRED] string: implicit(must);
    4 NOTE = 5, "note", "note", [] string: optional(note);
    5 SUB = 6, "sub", "sub", [] message(Part): optional(sub);
    6 SUBS = 7, "subs", "subs", [] message(Part): repeated(subs);
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct UpdateResRequest {
    pub res: Option<Res>,
    pub update_mask: Option<FieldMask>,
    pub allow_missing: bool,
}

transom::__private::update_request! {
    impl UpdateResRequest for Res, resource "res" = res, mask "update_mask" = update_mask,
        [allow_missing = allow_missing];
}

/// proto2: `required` messages, one in a box, and groups.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Archive {
    pub head: Part,
    pub boxed: Box<Part>,
    pub single: Option<Part>,
    pub many: Vec<Part>,
}

transom::__private::fields! {
    impl Archive = "catalog.v1.Archive", reaches [REQUIRED OUTPUT_ONLY IMMUTABLE];
    0 HEAD = 1, "head", "head", [] message(Part): required(head);
    1 BOXED = 2, "boxed", "boxed", [] message(Part): required(boxed);
    2 SINGLE = 3, "Single", "single", [] message(Part): optional(single);
    3 MANY = 4, "Many", "many", [] message(Part): repeated(many);
}
