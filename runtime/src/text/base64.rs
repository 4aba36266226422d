//! Base64 decoder that accepts both alphabets, with and without padding.

use ::base64::alphabet::{STANDARD, URL_SAFE};
use ::base64::engine::{DecodePaddingMode, Engine as _, GeneralPurpose, GeneralPurposeConfig};

const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const ENGINES: [GeneralPurpose; 2] =
    [GeneralPurpose::new(&STANDARD, ANY_PADDING), GeneralPurpose::new(&URL_SAFE, ANY_PADDING)];

/// Decodes a text into a buffer and returns the number of bytes. Returns `None` if the text is not base64, or the buffer is
/// too small.
pub(crate) fn decode(text: &str, to: &mut [u8]) -> Option<usize> {
    ENGINES.iter().find_map(|engine| engine.decode_slice(text, to).ok())
}

/// Decodes a text into a new vector, or returns `None` if the text is not base64.
pub(crate) fn decode_to_vec(text: &str) -> Option<Vec<u8>> {
    ENGINES.iter().find_map(|engine| engine.decode(text).ok())
}
