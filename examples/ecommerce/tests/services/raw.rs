//! Calls without a gRPC client: nobody on this side keeps deadlines or takes compression away.

use std::net::SocketAddr;

use bytes::{BufMut as _, Bytes, BytesMut};
use http::{HeaderMap, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use tokio::net::TcpStream;
use transom::{Code, Status};

/// Response of a raw request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: HeaderMap,
    pub(crate) body: Bytes,
    trailers: Option<HeaderMap>,
}

impl Answer {
    /// Returns the status, from the trailers or from the head.
    pub(crate) fn status(&self) -> Status {
        let trailers = self.trailers.as_ref().unwrap_or(&self.head);
        Status::from_header_map(trailers).expect("the answer has a status")
    }

    pub(crate) fn code(&self) -> Code {
        self.status().code()
    }
}

/// Sends one message to `/ecommerce.v1.{method}`, and waits for the whole answer.
pub(crate) async fn call(
    address: SocketAddr,
    method: &str,
    message: &impl Message,
    headers: &[(&str, &str)],
) -> Answer {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);

    let mut body = BytesMut::new();
    body.put_u8(0);
    body.put_u32(message.encoded_len().try_into().unwrap());
    message.encode(&mut body).unwrap();
    let mut request = Request::post(format!("http://{address}/ecommerce.v1.{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = sender.send_request(request.body(Full::new(body.freeze())).unwrap()).await.unwrap();
    let (head, body) = answer.into_parts();
    let body = body.collect().await.unwrap();
    let trailers = body.trailers().cloned();
    Answer { head: head.headers, body: body.to_bytes(), trailers }
}
