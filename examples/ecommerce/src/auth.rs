//! The bearer token: who does not send it is refused.
//!
//! One token for everybody, given on the command line. A shop would check a signature here and pass
//! the caller's identity on in the request's extensions.

use sha2::{Digest, Sha256};
use tonic::service::Interceptor;
use tonic_types::{ErrorDetails, StatusExt};
use transom::{Code, Request, Status};

/// An interceptor that asks for `authorization: Bearer <token>`, or for nothing.
#[derive(Debug, Clone, Default)]
pub struct Auth {
    /// The digest, not the token: digests of equal length are compared, and tell a listener to the time
    /// that takes nothing about the token.
    expected: Option<[u8; 32]>,
}

impl Auth {
    /// Asks for `token`.
    pub fn bearer(token: &str) -> Self {
        Self { expected: Some(Sha256::digest(token).into()) }
    }

    /// Lets everybody pass.
    pub fn open() -> Self {
        Self::default()
    }
}

impl Interceptor for Auth {
    fn call(&mut self, request: Request<()>) -> Result<Request<()>, Status> {
        let Some(expected) = self.expected else {
            return Ok(request);
        };
        let Some(presented) = request.metadata().get("authorization") else {
            return Err(refusal("TOKEN_MISSING", "send `authorization: Bearer <token>`"));
        };
        let valid = presented
            .as_encoded_bytes()
            .strip_prefix(b"Bearer ")
            .is_some_and(|token| <[u8; 32]>::from(Sha256::digest(token)) == expected);
        if valid { Ok(request) } else { Err(refusal("TOKEN_INVALID", "the bearer token is not valid")) }
    }
}

/// UNAUTHENTICATED with a reason that a program can read.
fn refusal(reason: &str, message: &str) -> Status {
    let details = ErrorDetails::with_error_info(reason, "ecommerce.v1", []);
    Status::with_error_details(Code::Unauthenticated, message, details)
}
