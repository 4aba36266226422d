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
