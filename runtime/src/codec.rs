//! The prost codec for tonic's own machinery: streams, and everything that is compressed.
//!
//! The uncompressed unary path does not come here, see `server::unary`.

use std::marker::PhantomData;

use prost::Message;
use tonic::Status;
use tonic::codec::{DecodeBuf, Decoder, EncodeBuf, Encoder};

/// Encodes `E`, decodes `D`.
#[derive(Debug)]
pub(crate) struct Codec<E, D>(PhantomData<fn() -> (E, D)>);

/// The encoding half.
#[derive(Debug)]
pub(crate) struct Encode<E>(PhantomData<fn() -> E>);

/// The decoding half.
#[derive(Debug)]
pub(crate) struct Decode<D>(PhantomData<fn() -> D>);

impl<E, D> Codec<E, D> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<D> Decode<D> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
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
        Encode(PhantomData)
    }

    fn decoder(&mut self) -> Self::Decoder {
        Decode::new()
    }
}

impl<E: Message> Encoder for Encode<E> {
    type Item = E;
    type Error = Status;

    fn encode(&mut self, message: E, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        message
            .encode(into)
            .map_err(|error| Status::internal(error.to_string()))
    }
}

impl<D: Message + Default> Decoder for Decode<D> {
    type Item = D;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<D>, Status> {
        D::decode(from).map(Some).map_err(malformed)
    }
}

/// The status for bytes that are no message of the expected type.
pub(crate) fn malformed(error: prost::DecodeError) -> Status {
    Status::internal(error.to_string())
}
