//! Extensions: custom options, and the fields that files add to the messages of options.

use super::{CustomOption, FieldType, MessageId};

/// Extension with its resolved type.
#[derive(Debug, Clone)]
pub(crate) struct Extension {
    /// Extended message.
    pub(crate) extendee: MessageId,
    pub(crate) number: u32,
    /// Full name without a leading dot: `google.api.http`.
    pub(crate) full_name: String,
    /// Type of its value, or of one element.
    pub(crate) r#type: FieldType,
    pub(crate) is_repeated: bool,
    /// Annotations of the extension: a predefined rule has its CEL expressions here.
    pub(crate) options: Vec<CustomOption>,
}
