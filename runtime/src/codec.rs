//! The prost codec for tonic's own machinery: streams, and everything that is compressed.
//!
//! prost writes and reads field by field, and tonic's buffers check and count at every step. A small
//! message therefore takes a plain slice on its way, which costs one copy and saves more than that.
//! The uncompressed unary path does not come here, see `server::unary`.

use std::marker::PhantomData;

#[cfg(feature = "server")]
use bytes::Bytes;
use bytes::{Buf, BufMut};
use prost::Message;
use tonic::Status;
use tonic::codec::{DecodeBuf, Decoder, EncodeBuf, Encoder};

/// The size in bytes up to which a message is copied rather than handled in tonic's buffer.
///
/// Above it the copy costs more than it saves, and a field of type `Bytes` had better share the buffer.
const SMALL: usize = 4 * 1024;

/// Encodes `E`, decodes `D`.
#[derive(Debug)]
pub(crate) struct Codec<E, D> {
    quota: Quota,
    messages: PhantomData<fn() -> (E, D)>,
}

/// The encoding half.
#[derive(Debug)]
pub(crate) struct Encode<E> {
    scratch: Vec<u8>,
    message: PhantomData<fn() -> E>,
}

/// The decoding half.
#[derive(Debug)]
pub(crate) struct Decode<D> {
    quota: Quota,
    message: PhantomData<fn() -> D>,
}

/// How many messages the peer may send.
///
/// tonic reads a single message as the first of a stream and drops what follows; counted here, what
/// follows is an error.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Quota {
    Unlimited,
    AtMost {
        left: u32,
        /// Text of the status for one message more.
        excess: &'static str,
    },
}

impl<E, D> Codec<E, D> {
    pub(crate) const fn new(quota: Quota) -> Self {
        Self { quota, messages: PhantomData }
    }
}

impl<D> Decode<D> {
    pub(crate) const fn new(quota: Quota) -> Self {
        Self { quota, message: PhantomData }
    }
}

impl<E, D> tonic::codec::Codec for Codec<E, D>
where
    E: Message + 'static,
    D: Message + Default + 'static,
{
    type Encode = E;
    type Decode = D;
    type Encoder = Encode<E>;
    type Decoder = Decode<D>;

    fn encoder(&mut self) -> Self::Encoder {
        Encode { scratch: Vec::new(), message: PhantomData }
    }

    fn decoder(&mut self) -> Self::Decoder {
        Decode::new(self.quota)
    }
}

impl<E: Message> Encoder for Encode<E> {
    type Item = E;
    type Error = Status;

    fn encode(&mut self, message: E, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        let length = message.encoded_len();
        // `encode_raw` and not `encode`, which would compute the length once more.
        if length <= SMALL {
            self.scratch.clear();
            self.scratch.reserve(length);
            message.encode_raw(&mut self.scratch);
            into.put_slice(&self.scratch);
        } else {
            into.reserve(length);
            message.encode_raw(into);
        }
        Ok(())
    }
}

impl<D: Message + Default> Decoder for Decode<D> {
    type Item = D;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<D>, Status> {
        self.quota.take()?;
        let length = from.remaining();
        let whole = from.chunk();
        if length <= SMALL && whole.len() == length {
            let message = D::decode(whole).map_err(malformed)?;
            from.advance(length);
            Ok(Some(message))
        } else {
            D::decode(from).map(Some).map_err(malformed)
        }
    }
}

impl Quota {
    /// Allows `left` requests of a client.
    #[cfg(feature = "server")]
    pub(crate) const fn requests(left: u32) -> Self {
        Self::AtMost { left, excess: "Too many request messages." }
    }

    /// The single answer of a server.
    #[cfg(feature = "client")]
    pub(crate) const fn one_response() -> Self {
        Self::AtMost { left: 1, excess: "Too many response messages." }
    }

    fn take(&mut self) -> Result<(), Status> {
        match self {
            Self::Unlimited => Ok(()),
            Self::AtMost { left, excess } => {
                *left = left.checked_sub(1).ok_or_else(|| Status::internal(*excess))?;
                Ok(())
            }
        }
    }
}

/// Decodes a message that lies in one buffer.
#[cfg(feature = "server")]
pub(crate) fn decode<D: Message + Default>(message: Bytes) -> Result<D, Status> {
    if message.len() <= SMALL { D::decode(&message[..]) } else { D::decode(message) }.map_err(malformed)
}

/// The status for bytes that are no message of the expected type.
fn malformed(error: prost::DecodeError) -> Status {
    Status::internal(error.to_string())
}
