//! Streams from plain async functions: what would be a generator.

use std::future::Future;

use futures_util::stream;
use transom::{BoxStream, Status};

/// Makes the messages of a stream one by one.
pub(crate) trait Source: Send + Sized + 'static {
    /// Message type of the stream.
    type Message: Send + 'static;

    /// The next message, or `None` at the end.
    fn next(&mut self) -> impl Future<Output = Result<Option<Self::Message>, Status>> + Send;

    /// The stream, which ends after an error. Dropping it, as a cancelled call does, drops the source.
    fn into_stream(self) -> BoxStream<Self::Message> {
        Box::pin(stream::try_unfold(self, |mut source| async move {
            let message = source.next().await?;
            Ok(message.map(|message| (message, source)))
        }))
    }
}
