//! Every case once more, as a program mounts it: in a private module, of which it uses next to nothing.
//!
//! Warnings are denied, so whatever the compiler has to say about unused or unreachable generated code fails this test
//! when it is built. The crate itself mounts the same files in public.

#![deny(warnings)]

macro_rules! case {
    // Without a package there is no module to carry the attribute that allows dead code.
    (no_package) => {};
    (empty_file) => {};
    ($case:ident) => {
        mod $case {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($case), "/mod.rs"));
        }
    };
}
include!(concat!(env!("OUT_DIR"), "/ok_cases.rs"));

/// One file of one package, without the tree and its attributes.
#[allow(dead_code, unreachable_pub, reason = "an included file has no attribute for all that is in it")]
mod chat {
    include!(concat!(env!("OUT_DIR"), "/user_streaming/user.rs"));
}

#[test]
fn private_modules_are_used_like_public_ones() {
    let user = user_streaming::user::User { id: 1, ..Default::default() };
    assert_eq!(prost::Message::encode_to_vec(&user), [8, 1]);
}

#[test]
fn a_package_is_mounted_without_the_tree() {
    let message = chat::ChatMessage { user_id: 1, ..Default::default() };
    assert_eq!(prost::Message::encode_to_vec(&message), [8, 1]);
}
