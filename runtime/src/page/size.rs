//! How many items a page has (AIP-158).

use std::num::NonZeroU32;

/// The page size where a request says none, and the largest one.
///
/// A negative size is refused, 0 stands for the default, and what is above the largest is the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    default: NonZeroU32,
    max: NonZeroU32,
}

/// A size that is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Negative;

impl PageSizes {
    /// 50 items if the request does not say, and at most 1000, as AIP-158 has it in its example.
    pub const AIP: Self = Self::new(50, 1000);

    /// The default and the largest size. Both are at least 1, and the default is at most the largest.
    #[must_use]
    pub const fn new(default: u32, max: u32) -> Self {
        let max = at_least_one(max);
        let default = at_least_one(default);
        Self { default: if default.get() < max.get() { default } else { max }, max }
    }

    /// The size where a request says none.
    #[must_use]
    pub const fn default_size(self) -> u32 {
        self.default.get()
    }

    /// The largest size.
    #[must_use]
    pub const fn max_size(self) -> u32 {
        self.max.get()
    }

    /// The size of the page for what the request says.
    pub(super) fn size(self, given: i64) -> Result<u32, Negative> {
        match given {
            ..0 => Err(Negative),
            0 => Ok(self.default.get()),
            _ => Ok(u32::try_from(given).unwrap_or(u32::MAX).min(self.max.get())),
        }
    }
}

impl Default for PageSizes {
    fn default() -> Self {
        Self::AIP
    }
}

const fn at_least_one(size: u32) -> NonZeroU32 {
    match NonZeroU32::new(size) {
        Some(size) => size,
        None => NonZeroU32::MIN,
    }
}
