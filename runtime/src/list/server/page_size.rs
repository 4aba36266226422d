//! Page sizes (AIP-158).

use std::num::NonZeroU32;

/// Default and maximum page size of a list method.
///
/// A negative size in a request is rejected. 0 means the default. A size above the maximum means the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    default: NonZeroU32,
    max: NonZeroU32,
}

/// Error of a negative page size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Negative;

impl PageSizes {
    /// The sizes of the example in AIP-158: 50 by default, and at most 1000.
    pub const AIP: Self = Self::new(50, 1000);

    /// Creates the sizes from the default and the maximum, in this order.
    ///
    /// ```
    /// # use transom::list::PageSizes;
    /// const SIZES: PageSizes = PageSizes::new(20, 100);
    /// ```
    ///
    /// # Panics
    ///
    /// When the default is 0 or above the maximum. In a constant, that is a compile error:
    ///
    /// ```compile_fail,E0080
    /// # use transom::list::PageSizes;
    /// const SIZES: PageSizes = PageSizes::new(100, 20);
    /// ```
    #[expect(clippy::panic, reason = "an error in the code of the server, found at compile time or at start-up")]
    #[must_use]
    pub const fn new(default: u32, max: u32) -> Self {
        match Self::checked(default, max) {
            Some(sizes) => sizes,
            None => panic!("the default page size must be at least 1 and at most the maximum: pass the default first"),
        }
    }

    /// Creates the sizes, or returns `None` if the default is 0 or above the maximum. For sizes from a configuration.
    #[must_use]
    pub const fn checked(default: u32, max: u32) -> Option<Self> {
        match (NonZeroU32::new(default), NonZeroU32::new(max)) {
            (Some(default), Some(max)) if default.get() <= max.get() => Some(Self { default, max }),
            _ => None,
        }
    }

    /// Returns the page size for requests without one.
    #[must_use]
    pub const fn default_size(self) -> u32 {
        self.default.get()
    }

    /// Returns the maximum page size.
    #[must_use]
    pub const fn max_size(self) -> u32 {
        self.max.get()
    }

    /// Returns the page size for the size in a request.
    pub(super) fn size(self, requested: i64) -> Result<u32, Negative> {
        match requested {
            ..0 => Err(Negative),
            0 => Ok(self.default.get()),
            _ => Ok(u32::try_from(requested).unwrap_or(u32::MAX).min(self.max.get())),
        }
    }
}

impl Default for PageSizes {
    fn default() -> Self {
        Self::AIP
    }
}
