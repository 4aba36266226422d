//! Index of the fields of a message by their names.

/// Entry of a [`NameIndex`].
pub(crate) trait Named: 'static {
    /// Returns the name that the index finds the entry by.
    fn name(&self) -> &'static str;
}

/// Open-addressing hash table with linear probing. The length is a power of two; the load factor is at most 1/2.
#[derive(Debug)]
pub(crate) struct NameIndex<T: 'static> {
    slots: Box<[Slot<T>]>,
}

/// Name in the form that is compared, and its entry. `entry` is `None` in a free slot.
#[derive(Debug)]
struct Slot<T: 'static> {
    ends: Ends,
    position: u16,
    entry: Option<&'static T>,
}

/// The first and the last eight bytes of a name, and its length. Names of up to 16 bytes are equal if these are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    front: u64,
    back: u64,
    length: usize,
}

impl Ends {
    #[inline]
    fn new(bytes: &[u8]) -> Self {
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
        // The high bits depend on the whole input. Names are from protos, so collisions are not a way of attack.
        usize::try_from(mixed >> 40).unwrap_or_default()
    }

    /// Returns `true` if the name has no other bytes.
    #[inline]
    fn are_complete(self) -> bool {
        self.length <= 16
    }
}

impl<T: Named> NameIndex<T> {
    /// Creates the index of entries with their positions. `count` is the number of entries.
    pub(super) fn new(entries: impl Iterator<Item = (u16, &'static T)>, count: usize) -> Self {
        let free = || Slot { ends: Ends { front: 0, back: 0, length: usize::MAX }, position: 0, entry: None };
        let mut slots: Box<[Slot<T>]> =
            std::iter::repeat_with(free).take((count * 2 + 1).next_power_of_two()).collect();
        let mask = slots.len() - 1;
        for (position, entry) in entries {
            let ends = Ends::new(entry.name().as_bytes());
            let mut slot = ends.hash() & mask;
            while slots[slot].entry.is_some() {
                slot = (slot + 1) & mask;
            }
            slots[slot] = Slot { ends, position, entry: Some(entry) };
        }
        Self { slots }
    }

    /// Returns the entry with this name, and its position.
    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<(u16, &'static T)> {
        let ends = Ends::new(name);
        let mask = self.slots.len() - 1;
        let mut slot = ends.hash() & mask;
        loop {
            let Slot { ends: found, position, entry } = self.slots.get(slot)?;
            let entry = (*entry)?;
            if *found == ends && (ends.are_complete() || entry.name().as_bytes() == name) {
                return Some((*position, entry));
            }
            slot = (slot + 1) & mask;
        }
    }
}
