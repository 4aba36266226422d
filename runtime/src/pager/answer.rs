//! What a call can return: the page, alone or in tonic's response.

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
impl<T> Answer<T> for tonic::Response<T> {
    fn into_page(self) -> T {
        self.into_inner()
    }
}
