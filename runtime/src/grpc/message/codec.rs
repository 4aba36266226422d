//! prost codec for tonic, which handles streams and compressed messages.
//!
//! prost reads and writes field by field, and tonic's buffers check their bounds at every step. A small message is
//! therefore encoded to, and decoded from, a plain slice. The additional copy costs less than these checks.
//! An uncompressed unary call on a server does not use this codec, see `server::unary`.

use std::marker::PhantomData;

#[cfg(feature = "server")]
use bytes::Bytes;
use bytes::{Buf, BufMut};
use prost::Message;
use tonic::Status;
use tonic::codec::{DecodeBuf, Decoder, EncodeBuf, Encoder};

/// Largest message in bytes that is copied to a plain slice.
///
/// Above it the copy costs more than it saves, and a field of type `Bytes` can share tonic's buffer.
const SMALL: usize = 4 * 1024;

/// Codec that encodes `E` and decodes `D`.
#[derive(Debug)]
pub(crate) struct Codec<E, D> {
    quota: Quota,
    messages: PhantomData<fn() -> (E, D)>,
}

/// Encoder of a [`Codec`].
#[derive(Debug)]
pub(crate) struct MessageEncoder<E> {
    buffer: Vec<u8>,
    message: PhantomData<fn() -> E>,
}

/// Decoder of a [`Codec`].
#[derive(Debug)]
pub(crate) struct MessageDecoder<D> {
    quota: Quota,
    message: PhantomData<fn() -> D>,
}

/// Number of messages that the peer may send.
///
/// tonic reads a single message as the first of a stream, and ignores the messages after it. With a quota these are an
/// error.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Quota {
    Unlimited,
    AtMost {
        /// Number of messages that may still arrive.
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

impl<D> MessageDecoder<D> {
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
    type Encoder = MessageEncoder<E>;
    type Decoder = MessageDecoder<D>;

    fn encoder(&mut self) -> Self::Encoder {
        MessageEncoder { buffer: Vec::new(), message: PhantomData }
    }

    fn decoder(&mut self) -> Self::Decoder {
        MessageDecoder::new(self.quota)
    }
}

impl<E: Message> Encoder for MessageEncoder<E> {
    type Item = E;
    type Error = Status;

    fn encode(&mut self, message: E, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        let length = message.encoded_len();
        // `encode_raw` and not `encode`, which would compute the length a second time.
        if length <= SMALL {
            self.buffer.clear();
            self.buffer.reserve(length);
            message.encode_raw(&mut self.buffer);
            into.put_slice(&self.buffer);
        } else {
            into.reserve(length);
            message.encode_raw(into);
        }
        Ok(())
    }
}

impl<D: Message + Default> Decoder for MessageDecoder<D> {
    type Item = D;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<D>, Status> {
        self.quota.count_message()?;
        let length = from.remaining();
        let chunk = from.chunk();
        if length <= SMALL && chunk.len() == length {
            let message = D::decode(chunk).map_err(decode_error)?;
            from.advance(length);
            Ok(Some(message))
        } else {
            D::decode(from).map(Some).map_err(decode_error)
        }
    }
}

impl Quota {
    /// Creates the quota of a server that expects `left` messages.
    #[cfg(feature = "server")]
    pub(crate) const fn requests(left: u32) -> Self {
        Self::AtMost { left, excess: "Too many request messages." }
    }

    /// Creates the quota of a client that expects one message.
    #[cfg(feature = "client")]
    pub(crate) const fn one_response() -> Self {
        Self::AtMost { left: 1, excess: "Too many response messages." }
    }

    /// Counts one message.
    fn count_message(&mut self) -> Result<(), Status> {
        match self {
            Self::Unlimited => Ok(()),
            Self::AtMost { left, excess } => {
                *left = left.checked_sub(1).ok_or_else(|| Status::internal(*excess))?;
                Ok(())
            }
        }
    }
}

/// Decodes a message from one buffer.
#[cfg(feature = "server")]
pub(crate) fn decode<D: Message + Default>(message: Bytes) -> Result<D, Status> {
    if message.len() <= SMALL { D::decode(&message[..]) } else { D::decode(message) }.map_err(decode_error)
}

fn decode_error(error: prost::DecodeError) -> Status {
    Status::internal(error.to_string())
}
