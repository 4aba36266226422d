//! A resource with every `google.api.field_behavior` (AIP-203), at the top, in messages, in lists and in maps.

use std::collections::{BTreeMap, HashMap};

use prost_types::{FieldMask, Timestamp};

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Account {
    pub name: String,
    pub uid: String,
    pub create_time: Option<Timestamp>,
    pub region: String,
    pub email: String,
    pub password: String,
    pub profile: Option<Profile>,
    pub address: Option<Address>,
    pub addresses: Vec<Address>,
    pub by_kind: HashMap<String, Address>,
    pub fixed_address: Option<Address>,
    pub fixed_tags: Vec<String>,
    pub fixed_counts: BTreeMap<i32, i64>,
    pub fixed_list: Vec<Address>,
    pub fixed_map: HashMap<String, Address>,
    pub required_tags: Vec<String>,
    pub status: Option<Address>,
    pub etag: String,
    pub parent: Option<Box<Account>>,
    pub accounts: Vec<Account>,
    pub contact: Option<account::Contact>,
    pub token: String,
}

pub mod account {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Contact {
        Phone(String),
        Place(super::Address),
    }
}

/// Something that is all optional.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Profile {
    pub nick: String,
    pub age: Option<i32>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Address {
    pub city: String,
    pub country: String,
    pub geohash: String,
    pub access_code: String,
    pub note: String,
}

transom::__private::fields! {
    impl Account = "accounts.v1.Account", reaches [OPTIONAL REQUIRED OUTPUT_ONLY INPUT_ONLY IMMUTABLE UNORDERED_LIST IDENTIFIER];
    0 NAME = 1, "name", "name", [IDENTIFIER] string: implicit(name);
    1 UID = 2, "uid", "uid", [OUTPUT_ONLY IMMUTABLE] string: implicit(uid);
    2 CREATE_TIME = 3, "create_time", "createTime", [OUTPUT_ONLY] timestamp: optional(create_time);
    3 REGION = 4, "region", "region", [IMMUTABLE] string: implicit(region);
    4 EMAIL = 5, "email", "email", [REQUIRED] string: implicit(email);
    5 PASSWORD = 6, "password", "password", [INPUT_ONLY] string: implicit(password);
    6 PROFILE = 7, "profile", "profile", [REQUIRED] message(Profile): optional(profile);
    7 ADDRESS = 8, "address", "address", [OPTIONAL] message(Address): optional(address);
    8 ADDRESSES = 9, "addresses", "addresses", [UNORDERED_LIST] message(Address): repeated(addresses);
    9 BY_KIND = 10, "by_kind", "byKind", [] message(Address): map(by_kind, string);
    10 FIXED_ADDRESS = 11, "fixed_address", "fixedAddress", [IMMUTABLE] message(Address): optional(fixed_address);
    11 FIXED_TAGS = 12, "fixed_tags", "fixedTags", [IMMUTABLE] string: repeated(fixed_tags);
    12 FIXED_COUNTS = 13, "fixed_counts", "fixedCounts", [IMMUTABLE] int64: map(fixed_counts, int32);
    13 FIXED_LIST = 14, "fixed_list", "fixedList", [IMMUTABLE] message(Address): repeated(fixed_list);
    14 FIXED_MAP = 15, "fixed_map", "fixedMap", [IMMUTABLE] message(Address): map(fixed_map, string);
    15 REQUIRED_TAGS = 16, "required_tags", "requiredTags", [REQUIRED] string: repeated(required_tags);
    16 STATUS = 17, "status", "status", [OUTPUT_ONLY] message(Address): optional(status);
    17 ETAG = 18, "etag", "etag", [] string: implicit(etag);
    18 PARENT = 19, "parent", "parent", [] message(Account): optional(parent);
    19 ACCOUNTS = 20, "accounts", "accounts", [] message(Account): repeated(accounts);
    20 PHONE = 21, "phone", "phone", [IMMUTABLE] string: oneof(0, contact, account::Contact::Phone);
    21 PLACE = 22, "place", "place", [] message(Address): oneof(0, contact, account::Contact::Place);
    22 TOKEN = 23, "token", "token", [OUTPUT_ONLY REQUIRED] string: implicit(token);
}

transom::__private::fields! {
    impl Profile = "accounts.v1.Profile", reaches [];
    0 NICK = 1, "nick", "nick", [] string: implicit(nick);
    1 AGE = 2, "age", "age", [] int32: optional(age);
}

transom::__private::fields! {
    impl Address = "accounts.v1.Address", reaches [REQUIRED OUTPUT_ONLY INPUT_ONLY IMMUTABLE];
    0 CITY = 1, "city", "city", [REQUIRED] string: implicit(city);
    1 COUNTRY = 2, "country", "country", [IMMUTABLE] string: implicit(country);
    2 GEOHASH = 3, "geohash", "geohash", [OUTPUT_ONLY] string: implicit(geohash);
    3 ACCESS_CODE = 4, "access_code", "accessCode", [INPUT_ONLY] string: implicit(access_code);
    4 NOTE = 5, "note", "note", [] string: implicit(note);
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct UpdateAccountRequest {
    pub account: Option<Account>,
    pub update_mask: Option<FieldMask>,
    pub allow_missing: bool,
    pub etag: String,
}

transom::__private::update_request! {
    impl UpdateAccountRequest for Account, resource "account" = account, mask "update_mask" = update_mask,
        [allow_missing = allow_missing, etag = etag];
}

/// A request with fields of an account, under names of its own.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct PatchAccountRequest {
    pub account_name: String,
    pub contact_email: Option<String>,
    pub home_region: Option<String>,
    pub place: Option<Address>,
    pub kinds: HashMap<String, Address>,
    pub etag: Option<String>,
}

transom::__private::patch_request! {
    impl PatchAccountRequest for Account, [etag? = etag, name = account_name];
    EMAIL "contact_email" = email: contact_email;
    REGION "home_region" = region: home_region;
    ADDRESS "place" = address: place;
    BY_KIND "kinds" = by_kind: kinds;
}
