//! The laws, for random messages of every type of the library and random masks.

use proptest::prelude::*;

use crate::account::Account;
use crate::catalog::{Archive, Res};
use crate::kinds::Kinds;
use crate::laws;
use crate::legacy::{Ledger, Legacy};
use crate::library::Book;
use crate::node::Node;
use crate::random::Choices;
use crate::wide::Wide;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nodes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::hold::<Node>(Choices::new(&bytes));
    }

    #[test]
    fn books(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws::hold::<Book>(Choices::new(&bytes));
    }

    #[test]
    fn accounts(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        laws::hold::<Account>(Choices::new(&bytes));
    }

    #[test]
    fn resources(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        laws::hold::<Res>(Choices::new(&bytes));
    }

    #[test]
    fn archives(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::hold_with_required::<Archive>(Choices::new(&bytes));
    }

    #[test]
    fn legacies(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::hold_with_required::<Legacy>(Choices::new(&bytes));
    }

    #[test]
    fn ledgers(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::hold_with_required::<Ledger>(Choices::new(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kinds(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        laws::hold::<Kinds>(Choices::new(&bytes));
    }

    #[test]
    fn wides(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        laws::hold::<Wide>(Choices::new(&bytes));
    }
}
