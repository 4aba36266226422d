//! Interceptor that refuses calls without the bearer token.
//!
//! One token for everybody, given on the command line. A shop would check a signature here and pass
//! the caller's identity on in the request's extensions.

use std::fmt;

use sha2::{Digest, Sha256};
use tonic::service::Interceptor;
use tonic_types::{ErrorDetails, StatusExt};
use transom::{Code, Request, Status};

/// Interceptor that requires `authorization: Bearer <token>`, or nothing.
#[derive(Clone, Default)]
pub struct Auth {
    /// SHA-256 of the token. The time that a comparison of digests takes depends on nothing in the token.
    expected: Option<[u8; 32]>,
}

/// Leaves the digest out: a short token can be guessed from it.
impl fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Auth").field("is_open", &self.expected.is_none()).finish_non_exhaustive()
    }
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
        let mut credentials = request.metadata().get_all("authorization").iter();
        let Some(presented) = credentials.next() else {
            return Err(refusal("TOKEN_MISSING", "send `authorization: Bearer <token>`"));
        };
        let valid = bearer_token(presented.as_encoded_bytes())
            .is_some_and(|token| <[u8; 32]>::from(Sha256::digest(token)) == expected);
        // With two credentials, a proxy may have checked the other one.
        if valid && credentials.next().is_none() {
            Ok(request)
        } else {
            Err(refusal("TOKEN_INVALID", "the bearer token is not valid"))
        }
    }
}

/// Parses `Bearer 1*SP token`. The case of the scheme does not matter (RFC 9110, section 11.1).
fn bearer_token(credentials: &[u8]) -> Option<&[u8]> {
    const SCHEME: &[u8] = b"Bearer";
    let (scheme, token) = credentials.split_at_checked(SCHEME.len())?;
    let spaces = token.iter().take_while(|byte| **byte == b' ').count();
    let is_bearer = scheme.eq_ignore_ascii_case(SCHEME) && spaces > 0;
    is_bearer.then(|| token.get(spaces..)).flatten()
}

/// UNAUTHENTICATED with a reason that a program can read.
fn refusal(reason: &str, message: &str) -> Status {
    let details = ErrorDetails::with_error_info(reason, "ecommerce.v1", []);
    Status::with_error_details(Code::Unauthenticated, message, details)
}
