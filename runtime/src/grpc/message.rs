//! Messages on the wire: prefix, encoding, size limit, and the prost codec.

pub(crate) mod body_end;
pub(crate) mod codec;
pub(crate) mod encoding;
pub(crate) mod prefix;
pub(crate) mod size_limit;
