//! A call inside a call: GetUser, answered by another server.
//!
//! Shows what a chain of services needs: the deadline goes along by itself, because the generated
//! client runs inside the handler; the caller's token and request id are passed on by hand.

use tonic::metadata::AsciiMetadataValue;
use tonic::transport::Channel;
use transom::{Deadline, Request, Response, Status};

use crate::proto::ecommerce::v1::{GetUserRequest, GetUserResponse, user_service_client::UserServiceClient};

/// The milliseconds to the deadline as the handler that answered saw it.
const DEADLINE: &str = "x-deadline-ms";
/// Metadata of the caller that is forwarded to the next server.
const PASSED_ON: [&str; 2] = ["authorization", "x-request-id"];

/// Whether the caller wants the answer of the next server.
pub(super) fn is_wanted<T>(request: &Request<T>) -> bool {
    request.metadata().get("x-forward").is_some_and(|value| value == "true")
}

/// Asks the next server. It does not forward in turn, so no loop of servers can spin.
pub(super) async fn get_user(
    downstream: Option<UserServiceClient<Channel>>,
    request: Request<GetUserRequest>,
) -> Result<Response<GetUserResponse>, Status> {
    let Some(mut downstream) = downstream else {
        return Err(Status::failed_precondition("no downstream server: start this one with --downstream"));
    };
    let (received, _, message) = request.into_parts();
    let mut request = Request::new(message);
    for key in PASSED_ON {
        if let Some(value) = received.get(key) {
            request.metadata_mut().insert(key, value.clone());
        }
    }
    match downstream.get_user(request).await {
        Ok(answer) => {
            let deadline = answer.metadata().get(DEADLINE).cloned();
            let mut response = Response::new(answer.into_inner());
            if let Some(deadline) = deadline {
                response.metadata_mut().insert(DEADLINE, deadline);
            }
            Ok(response)
        }
        // Without the metadata of that answer, which describes that call.
        Err(status) => Err(Status::with_details(status.code(), status.message(), status.details().to_vec().into())),
    }
}

/// Tells the caller how much time the handler saw.
pub(super) fn show_deadline<T>(response: &mut Response<T>, deadline: Deadline) {
    let milliseconds = u64::try_from(deadline.remaining().as_millis()).unwrap_or(u64::MAX);
    response.metadata_mut().insert(DEADLINE, AsciiMetadataValue::from(milliseconds));
}
