//! Base64 as people write it: of either alphabet, with and without padding.

use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, Engine as _, GeneralPurpose, GeneralPurposeConfig};

const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const ENGINES: [GeneralPurpose; 2] =
    [GeneralPurpose::new(&STANDARD, ANY_PADDING), GeneralPurpose::new(&URL_SAFE, ANY_PADDING)];

/// The bytes that a text stands for, and how many they are; `None` when it is none, or has no room.
pub(crate) fn decode(text: &str, to: &mut [u8]) -> Option<usize> {
    ENGINES.iter().find_map(|engine| engine.decode_slice(text, to).ok())
}

/// As [`decode`], into new memory.
pub(crate) fn decode_to_vec(text: &str) -> Option<Vec<u8>> {
    ENGINES.iter().find_map(|engine| engine.decode(text).ok())
}
