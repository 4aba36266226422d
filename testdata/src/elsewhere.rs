//! Types that `extern_path` gives for protos, as a user writes them by hand.

/// `geo.v1.Point`, with nothing but what prost needs of a field.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Point {
    #[prost(int32, tag = "1")]
    pub x: i32,
    #[prost(int32, tag = "2")]
    pub y: i32,
}

/// `geo.v1.Size`, with all that prost would derive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, prost::Message)]
pub struct Size {
    #[prost(int32, tag = "1")]
    pub width: i32,
    #[prost(int32, tag = "2")]
    pub height: i32,
}
