//! Conversion of the result of a call to a page.

/// Result of a call that contains a page: the page itself, or a gRPC response.
pub trait IntoPage<T> {
    /// Returns the page, without the metadata of the call.
    fn into_page(self) -> T;
}

impl<T> IntoPage<T> for T {
    fn into_page(self) -> T {
        self
    }
}

#[cfg(feature = "_grpc")]
impl<T> IntoPage<T> for crate::Response<T> {
    fn into_page(self) -> T {
        self.into_inner()
    }
}
