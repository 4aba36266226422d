//! What a call can return: the page, alone or in a response of gRPC.

/// A call's result that holds the page `T`.
pub trait Answer<T> {
    /// The page; metadata of the call is dropped.
    fn into_page(self) -> T;
}

impl<T> Answer<T> for T {
    fn into_page(self) -> T {
        self
    }
}

#[cfg(feature = "_grpc")]
impl<T> Answer<T> for crate::Response<T> {
    fn into_page(self) -> T {
        self.into_inner()
    }
}
