//! One message with every kind of field in every way in which prost stores it.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use prost_types::{Any, Duration, Timestamp};
use transom::fields::{ListValue, Struct, StructValue};

use crate::node::Node;

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Kinds {
    pub flag: bool,
    pub int32: i32,
    pub int64: i64,
    pub uint32: u32,
    pub uint64: u64,
    pub float: f32,
    pub double: f64,
    pub text: String,
    pub blob: Vec<u8>,
    pub shared: Bytes,
    pub color: i32,
    pub opt_flag: Option<bool>,
    pub opt_int32: Option<i32>,
    pub opt_int64: Option<i64>,
    pub opt_uint32: Option<u32>,
    pub opt_uint64: Option<u64>,
    pub opt_float: Option<f32>,
    pub opt_double: Option<f64>,
    pub opt_text: Option<String>,
    pub opt_blob: Option<Vec<u8>>,
    pub opt_shared: Option<Bytes>,
    pub opt_color: Option<i32>,
    pub flags: Vec<bool>,
    pub doubles: Vec<f64>,
    pub texts: Vec<String>,
    pub blobs: Vec<Vec<u8>>,
    pub colors: Vec<i32>,
    pub times: Vec<Timestamp>,
    pub anys: Vec<Any>,
    pub nodes: Vec<Node>,
    pub by_flag: HashMap<bool, String>,
    pub by_int32: BTreeMap<i32, Node>,
    pub by_int64: HashMap<i64, f64>,
    pub by_uint32: HashMap<u32, Node>,
    pub by_uint64: BTreeMap<u64, Any>,
    pub by_text: HashMap<String, Kinds>,
    pub wrapped_text: Option<String>,
    pub wrapped_int: Option<i64>,
    pub time: Option<Timestamp>,
    pub duration: Option<Duration>,
    pub any: Option<Any>,
    pub labels: Option<prost_types::Struct>,
    pub value: Option<prost_types::Value>,
    pub list: Option<prost_types::ListValue>,
    pub node: Option<Node>,
    pub own: Option<Box<Kinds>>,
    pub choice: Option<kinds::Choice>,
    pub other: Option<kinds::Other>,
}

pub mod kinds {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Choice {
        Number(f64),
        Words(String),
        Held(super::Node),
        Boxed(Box<super::Kinds>),
        Moment(prost_types::Timestamp),
    }

    #[derive(Clone, PartialEq, Debug)]
    pub enum Other {
        Yes(bool),
        Shade(i32),
        Wrapped(String),
        Packed(prost_types::Any),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub enum Color {
    Unspecified = 0,
    Red = 1,
}

impl Color {
    pub fn from_str_name(name: &str) -> Option<Self> {
        match name {
            "COLOR_UNSPECIFIED" => Some(Self::Unspecified),
            "COLOR_RED" => Some(Self::Red),
            _ => None,
        }
    }
}

transom::__private::fields! {
    impl Kinds = "shapes.v1.Kinds", reaches [];
    0 FLAG = 1, "flag", "flag", [] bool: implicit(flag);
    1 INT32 = 2, "int32", "int32", [] int32: implicit(int32);
    2 INT64 = 3, "int64", "int64", [] int64: implicit(int64);
    3 UINT32 = 4, "uint32", "uint32", [] uint32: implicit(uint32);
    4 UINT64 = 5, "uint64", "uint64", [] uint64: implicit(uint64);
    5 FLOAT = 6, "float", "float", [] float: implicit(float);
    6 DOUBLE = 7, "double", "double", [] double: implicit(double);
    7 TEXT = 8, "text", "text", [] string: implicit(text);
    8 BLOB = 9, "blob", "blob", [] bytes: implicit(blob);
    9 SHARED = 10, "shared", "shared", [] bytes(shared): implicit(shared);
    10 COLOR = 11, "color", "color", [] enumeration(Color): implicit(color);
    11 OPT_FLAG = 12, "opt_flag", "optFlag", [] bool: optional(opt_flag);
    12 OPT_INT32 = 13, "opt_int32", "optInt32", [] int32: optional(opt_int32);
    13 OPT_INT64 = 14, "opt_int64", "optInt64", [] int64: optional(opt_int64);
    14 OPT_UINT32 = 15, "opt_uint32", "optUint32", [] uint32: optional(opt_uint32);
    15 OPT_UINT64 = 16, "opt_uint64", "optUint64", [] uint64: optional(opt_uint64);
    16 OPT_FLOAT = 17, "opt_float", "optFloat", [] float: optional(opt_float);
    17 OPT_DOUBLE = 18, "opt_double", "optDouble", [] double: optional(opt_double);
    18 OPT_TEXT = 19, "opt_text", "optText", [] string: optional(opt_text);
    19 OPT_BLOB = 20, "opt_blob", "optBlob", [] bytes: optional(opt_blob);
    20 OPT_SHARED = 21, "opt_shared", "optShared", [] bytes(shared): optional(opt_shared);
    21 OPT_COLOR = 22, "opt_color", "optColor", [] enumeration(Color): optional(opt_color);
    22 FLAGS = 23, "flags", "flags", [] bool: repeated(flags);
    23 DOUBLES = 24, "doubles", "doubles", [] double: repeated(doubles);
    24 TEXTS = 25, "texts", "texts", [] string: repeated(texts);
    25 BLOBS = 26, "blobs", "blobs", [] bytes: repeated(blobs);
    26 COLORS = 27, "colors", "colors", [] enumeration(Color): repeated(colors);
    27 TIMES = 28, "times", "times", [] timestamp: repeated(times);
    28 ANYS = 29, "anys", "anys", [] opaque(Any, "google.protobuf.Any"): repeated(anys);
    29 NODES = 30, "nodes", "nodes", [] message(Node): repeated(nodes);
    30 BY_FLAG = 31, "by_flag", "byFlag", [] string: map(by_flag, bool);
    31 BY_INT32 = 32, "by_int32", "byInt32", [] message(Node): map(by_int32, int32);
    32 BY_INT64 = 33, "by_int64", "byInt64", [] double: map(by_int64, int64);
    33 BY_UINT32 = 34, "by_uint32", "byUint32", [] message(Node): map(by_uint32, uint32);
    34 BY_UINT64 = 35, "by_uint64", "byUint64", [] opaque(Any, "google.protobuf.Any"): map(by_uint64, uint64);
    35 BY_TEXT = 36, "by_text", "byText", [] message(Kinds): map(by_text, string);
    36 WRAPPED_TEXT = 37, "wrapped_text", "wrappedText", [] string: wrapper(wrapped_text);
    37 WRAPPED_INT = 38, "wrapped_int", "wrappedInt", [] int64: wrapper(wrapped_int);
    38 TIME = 39, "time", "time", [] timestamp: optional(time);
    39 DURATION = 40, "duration", "duration", [] duration: optional(duration);
    40 ANY = 41, "any", "any", [] opaque(Any, "google.protobuf.Any"): optional(any);
    41 LABELS = 42, "labels", "labels", [] message(Struct): optional(labels);
    42 VALUE = 43, "value", "value", [] message(StructValue): optional(value);
    43 LIST = 44, "list", "list", [] message(ListValue): optional(list);
    44 NODE = 45, "node", "node", [] message(Node): optional(node);
    45 OWN = 46, "own", "own", [] message(Kinds): optional(own);
    46 NUMBER = 47, "number", "number", [] double: oneof(0, choice, kinds::Choice::Number);
    47 WORDS = 48, "words", "words", [] string: oneof(0, choice, kinds::Choice::Words);
    48 HELD = 49, "held", "held", [] message(Node): oneof(0, choice, kinds::Choice::Held);
    49 BOXED = 50, "boxed", "boxed", [] message(Kinds): oneof(0, choice, kinds::Choice::Boxed);
    50 MOMENT = 51, "moment", "moment", [] timestamp: oneof(0, choice, kinds::Choice::Moment);
    51 YES = 52, "yes", "yes", [] bool: oneof(1, other, kinds::Other::Yes);
    52 SHADE = 53, "shade", "shade", [] enumeration(Color): oneof(1, other, kinds::Other::Shade);
    53 WRAPPED = 54, "wrapped", "wrapped", [] string: oneof(1, other, kinds::Other::Wrapped);
    54 PACKED = 55, "packed", "packed", [] opaque(Any, "google.protobuf.Any"): oneof(1, other, kinds::Other::Packed);
}
