//! The laws, for random messages of every type of the library and random masks.

use proptest::prelude::*;
use transom::fields::Fields;

use crate::account::Account;
use crate::kinds::Kinds;
use crate::laws::{self, Case};
use crate::legacy::Legacy;
use crate::library::Book;
use crate::node::Node;
use crate::random::Choices;
use crate::wide::Wide;

fn laws<F: Fields>(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let case = Case::<F>::new(&mut choices);
    laws::apply_is_one_thing(&case);
    laws::diff_is_a_patch(&case);
    laws::update_reads_what_is_selected(&case);
    laws::reading_then_writing_is_nothing(&case);
    laws::canonical_is_one_form(&case, &mut choices);
}

/// The laws that proto2's required fields break: they are there whatever a mask says.
fn laws_without_required<F: Fields>(bytes: &[u8]) {
    laws::<F>(bytes);
    let case = Case::<F>::new(&mut Choices::new(bytes));
    laws::project_is_a_part(&case);
    laws::writing_then_reading_is_the_same(&case);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nodes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws_without_required::<Node>(&bytes);
    }

    #[test]
    fn books(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws_without_required::<Book>(&bytes);
    }

    #[test]
    fn accounts(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        laws_without_required::<Account>(&bytes);
    }

    #[test]
    fn legacies(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::<Legacy>(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kinds(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        laws_without_required::<Kinds>(&bytes);
    }

    #[test]
    fn wides(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        laws_without_required::<Wide>(&bytes);
    }
}
