//! Fields by name: a small hash table for each message, made when it is first asked.

use super::FieldSchema;
use super::schema::positions;

/// Where the fields of a schema stand, by their names.
#[derive(Debug)]
pub(crate) struct NameIndex {
    /// A power of two of them, at most half taken. Who collides sits further on.
    slots: Box<[Slot]>,
}

/// A name as it is compared, and its field; `None` in a free slot.
#[derive(Debug, Clone, Copy)]
struct Slot {
    ends: Ends,
    position: u16,
    field: Option<&'static FieldSchema>,
}

/// The first and the last eight bytes of a name, and its length: of names up to 16 bytes long, this is all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    front: u64,
    back: u64,
    length: usize,
}

impl Ends {
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        let (front, back) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(front), Some(back)) => (u64::from_le_bytes(*front), u64::from_le_bytes(*back)),
            _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (Some(front), Some(back)) => (u32::from_le_bytes(*front).into(), u32::from_le_bytes(*back).into()),
                _ => match *bytes {
                    [] => (0, 0),
                    [only] => (only.into(), 0),
                    [first, last] => (first.into(), last.into()),
                    [first, middle, last, ..] => (u64::from(first) | u64::from(middle) << 8, last.into()),
                },
            },
        };
        Self { front, back, length: bytes.len() }
    }

    #[inline]
    fn hash(self) -> usize {
        let mixed = (self.front ^ self.back.rotate_left(29) ^ self.length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The high bits depend on all of the input. The table is ours, so nobody gains from names that collide.
        usize::try_from(mixed >> 40).unwrap_or_default()
    }

    /// Whether there is more to a name than its ends.
    #[inline]
    fn are_all(self) -> bool {
        self.length <= 16
    }
}

impl NameIndex {
    pub(super) fn new(fields: &'static [FieldSchema]) -> Self {
        let free = Slot { ends: Ends { front: 0, back: 0, length: usize::MAX }, position: 0, field: None };
        let mut slots = vec![free; (fields.len() * 2 + 1).next_power_of_two()].into_boxed_slice();
        let mask = slots.len() - 1;
        for (position, field) in positions(fields) {
            let ends = Ends::of(field.name.as_bytes());
            let mut slot = ends.hash() & mask;
            while slots[slot].field.is_some() {
                slot = (slot + 1) & mask;
            }
            slots[slot] = Slot { ends, position, field: Some(field) };
        }
        Self { slots }
    }

    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<(u16, &'static FieldSchema)> {
        let ends = Ends::of(name);
        let mask = self.slots.len() - 1;
        let mut slot = ends.hash() & mask;
        loop {
            let Slot { ends: found, position, field } = self.slots.get(slot)?;
            let field = (*field)?;
            if *found == ends && (ends.are_all() || field.name.as_bytes() == name) {
                return Some((*position, field));
            }
            slot = (slot + 1) & mask;
        }
    }
}
