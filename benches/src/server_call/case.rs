//! The calls that are measured: their requests, and how much work each is.

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;
use prost::Message;

use super::peer::schema::{GetRequest, Item, ListRequest};

/// Messages in each stream.
pub const STREAM: u32 = 1_000;

/// Number of bytes in a frame of a request body: HTTP/2's default frame size.
const FRAME: usize = 16 * 1024;

/// One kind of call.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name on the command line and in the report.
    pub name: &'static str,
    /// Unit of the case in the report.
    pub unit: Unit,
    /// The path of the method.
    pub path: &'static str,
    /// The value of `grpc-timeout`, if the call has one.
    pub timeout: Option<HeaderValue>,
    /// The request's body, frame by frame.
    pub body: Vec<Bytes>,
    /// The value of `grpc-status` that the answer must end with.
    pub status: &'static str,
}

/// Unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A whole call.
    Call,
    /// One message of the stream.
    Message,
}

impl Unit {
    /// Returns the number of units in one call.
    pub fn per_call(self) -> u32 {
        match self {
            Self::Call => 1,
            Self::Message => STREAM,
        }
    }
}

/// All cases, in the order of the report.
pub fn all() -> Vec<Case> {
    let get = GetRequest { name: "items/42".into(), locale: "en-GB".into(), view: 2 };
    let large = GetRequest { name: "x".repeat(64 * 1024), ..get.clone() };
    let item = Item { name: "items/42".into(), title: "An item".into(), version: 7, ..Item::default() };
    let items = vec![item; STREAM as usize];
    let unary = Case {
        name: "unary",
        unit: Unit::Call,
        path: "/bench.v1.ItemService/Get",
        timeout: None,
        body: frames(&[get]),
        status: "0",
    };
    let stream = Case { unit: Unit::Message, ..unary.clone() };
    vec![
        unary.clone(),
        Case { name: "unary-deadline", timeout: Some(HeaderValue::from_static("5000m")), ..unary.clone() },
        Case { name: "unary-error", body: frames(&[GetRequest::default()]), status: "5", ..unary.clone() },
        Case { name: "unary-64k", body: frames(&[large]), ..unary },
        Case {
            name: "server-stream",
            path: "/bench.v1.ItemService/List",
            body: frames(&[ListRequest { count: STREAM }]),
            ..stream.clone()
        },
        Case { name: "client-stream", path: "/bench.v1.ItemService/Put", body: frames(&items), ..stream.clone() },
        Case { name: "both-streams", path: "/bench.v1.ItemService/Exchange", body: frames(&items), ..stream },
    ]
}

/// The messages as they are on the wire, cut into frames.
fn frames<M: Message>(messages: &[M]) -> Vec<Bytes> {
    let mut wire = BytesMut::new();
    for message in messages {
        let encoded = message.encode_to_vec();
        wire.put_u8(0);
        wire.put_u32(u32::try_from(encoded.len()).unwrap_or(u32::MAX));
        wire.put_slice(&encoded);
    }
    let wire = wire.freeze();
    wire.chunks(FRAME).map(|frame| wire.slice_ref(frame)).collect()
}
