//! Any messages and any mask: the laws of masks hold. By reference and by move are the same, what is refused changes
//! nothing, and the difference of two messages makes the one the other.

#![no_main]
#![allow(
    missing_docs,
    dead_code,
    unreachable_pub,
    reason = "the messages and the laws are those of the runtime's tests"
)]

#[path = "../../runtime/tests/mask/account.rs"]
mod account;
#[path = "../../runtime/tests/mask/complete.rs"]
mod complete;
#[path = "../../runtime/tests/mask/dump.rs"]
mod dump;
#[path = "../../runtime/tests/mask/kinds.rs"]
mod kinds;
#[path = "../../runtime/tests/mask/laws.rs"]
mod laws;
#[path = "../../runtime/tests/mask/legacy.rs"]
mod legacy;
#[path = "../../runtime/tests/mask/library.rs"]
mod library;
#[path = "../../runtime/tests/mask/model.rs"]
mod model;
#[path = "../../runtime/tests/mask/node.rs"]
mod node;
#[path = "../../runtime/tests/mask/random.rs"]
mod random;
#[path = "../../runtime/tests/mask/wide.rs"]
mod wide;

use libfuzzer_sys::fuzz_target;

use random::Choices;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::new(bytes);
    match choices.below(6) {
        0 => laws::hold::<node::Node>(choices),
        1 => laws::hold::<kinds::Kinds>(choices),
        2 => laws::hold::<account::Account>(choices),
        3 => laws::hold::<library::Book>(choices),
        4 => laws::hold::<wide::Wide>(choices),
        _ => laws::hold_with_required::<legacy::Legacy>(choices),
    }
});
