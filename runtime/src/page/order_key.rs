//! What a keyset's values are values of.

use siphasher::sip128::{Hasher128 as _, SipHasher24};

use super::hash::Hash;
use crate::fields::Fields;
use crate::order::{Direction, OrderBy};

/// Stands for the fields and directions of an order.
///
/// The fingerprint has the order that a request says. The default order and the tie-breakers are the server's, and can
/// change while tokens are valid; the values of one order would be read as those of another.
pub(super) fn order_key<F: Fields>(order: &OrderBy<F>) -> u64 {
    let mut hash = Hash::new(SipHasher24::new());
    for term in order.terms() {
        for field in term.path.fields(F::schema()) {
            hash.varint(field.number.into());
        }
        // No field has these numbers, so they end the path.
        hash.byte(0);
        hash.byte(u8::from(term.direction() == Direction::Descending));
    }
    hash.finish().finish128().h1
}
