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

    /// The default and the largest size, in this order.
    ///
    /// ```
    /// # use transom::page::PageSizes;
    /// const SIZES: PageSizes = PageSizes::new(20, 100);
    /// ```
    ///
    /// # Panics
    ///
    /// When the default is 0 or above the largest, which is most likely in the other's place. In a constant, that is a
    /// compile error:
    ///
    /// ```compile_fail,E0080
    /// # use transom::page::PageSizes;
    /// const SIZES: PageSizes = PageSizes::new(100, 20);
    /// ```
    #[expect(clippy::panic, reason = "a mistake in the server's own code, seen when it is compiled or starts")]
    #[must_use]
    pub const fn new(default: u32, max: u32) -> Self {
        match Self::checked(default, max) {
            Some(sizes) => sizes,
            None => panic!("a default page size is at least 1 and at most the largest: give the default first"),
        }
    }

    /// As [`new`](Self::new), for sizes from a setting of the server.
    #[must_use]
    pub const fn checked(default: u32, max: u32) -> Option<Self> {
        match (NonZeroU32::new(default), NonZeroU32::new(max)) {
            (Some(default), Some(max)) if default.get() <= max.get() => Some(Self { default, max }),
            _ => None,
        }
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
