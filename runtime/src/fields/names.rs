//! Fields by name: a small hash table for each message, made when it is first asked.

use super::FieldSchema;

/// Where the fields of a schema stand, by the hash of their names.
#[derive(Debug)]
pub(super) struct NameIndex {
    /// Positions of fields; a power of two of them, at most half taken. Who collides sits further on.
    slots: Box<[u16]>,
}

const FREE: u16 = u16::MAX;

impl NameIndex {
    pub(super) fn new(fields: &[FieldSchema]) -> Self {
        let mut slots = vec![FREE; (fields.len() * 2 + 1).next_power_of_two()].into_boxed_slice();
        let mask = slots.len() - 1;
        for (position, field) in (0..FREE).zip(fields) {
            let mut slot = hash(field.name) & mask;
            while slots[slot] != FREE {
                slot = (slot + 1) & mask;
            }
            slots[slot] = position;
        }
        Self { slots }
    }

    #[inline]
    pub(super) fn find(&self, fields: &'static [FieldSchema], name: &str) -> Option<(u16, &'static FieldSchema)> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(name) & mask;
        loop {
            let position = *self.slots.get(slot)?;
            let field = fields.get(usize::from(position))?;
            if field.name == name {
                return Some((position, field));
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Mixes the length with the first and the last bytes, which tell the names of one message apart almost always. The
/// table is ours, so nobody gains from names that collide.
#[inline]
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let word = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
    let (front, back) = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(front), Some(back)) => (word(front), word(back)),
        _ => match (bytes.first(), bytes.last()) {
            (Some(&front), Some(&back)) => (u64::from(front), u64::from(back)),
            _ => (0, 0),
        },
    };
    let middle = bytes.get(bytes.len() / 2).copied().unwrap_or_default();
    let mixed =
        (front ^ (back << 32) ^ (u64::from(middle) << 24) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The high bits depend on all of the input.
    usize::try_from(mixed >> 40).unwrap_or_default()
}
