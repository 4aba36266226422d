//! Normalization of protox's source info to that of protoc.
//!
//! | | protox | protoc |
//! |---|---|---|
//! | order of locations | by path | by position in the source |
//! | columns of a tab | 1 | up to the next multiple of 8 |

use std::cmp::Reverse;
use std::collections::HashMap;

use bytes::{Bytes, BytesMut};
use prost::encoding::{DecodeContext, decode_key, encode_key, encode_varint, skip_field};
use prost::{DecodeError, Message};
use prost_types::SourceCodeInfo;
use prost_types::source_code_info::Location;

/// The field `source_code_info` of a `FileDescriptorProto`.
const SOURCE_CODE_INFO: u32 = 9;

/// Normalizes a `FileDescriptorProto` that protox compiled from `source`. Only the bytes of the source info change.
pub(super) fn normalize(descriptor: &Bytes, source: &str) -> Result<Bytes, DecodeError> {
    let mut normalized = BytesMut::with_capacity(descriptor.len());
    let mut rest = descriptor.clone();
    while !rest.is_empty() {
        let before = rest.clone();
        let (number, wire_type) = decode_key(&mut rest)?;
        let key_length = before.len() - rest.len();
        skip_field(wire_type, number, &mut rest, DecodeContext::default())?;
        let mut field = before.slice(..before.len() - rest.len());
        if number != SOURCE_CODE_INFO {
            normalized.extend_from_slice(&field);
            continue;
        }
        let mut value = field.split_off(key_length);
        let mut info = SourceCodeInfo::decode_length_delimited(&mut value)?;
        expand_tabs(&mut info.location, source);
        sort(&mut info.location);
        encode_key(number, wire_type, &mut normalized);
        encode_varint(info.encoded_len() as u64, &mut normalized);
        info.encode_raw(&mut normalized);
    }
    Ok(normalized.freeze())
}

/// Changes columns to count tabs as protoc does.
fn expand_tabs(locations: &mut [Location], source: &str) {
    let lines: Vec<&str> = source.split('\n').collect();
    let column = |line: i32, column: i32| {
        let line = usize::try_from(line).ok().and_then(|at| lines.get(at));
        let end = usize::try_from(column).ok();
        match line.zip(end).and_then(|(line, end)| line.as_bytes().get(..end)) {
            Some(before) if before.contains(&b'\t') => {
                before.iter().fold(0, |width, byte| if *byte == b'\t' { width + 8 - width % 8 } else { width + 1 })
            }
            _ => column,
        }
    };
    for location in locations {
        match location.span[..] {
            [line, start, end] => {
                location.span = vec![line, column(line, start), column(line, end)];
            }
            [line, start, last, end] => {
                location.span = vec![line, column(line, start), last, column(last, end)];
            }
            _ => {}
        }
    }
}

/// Sorts by start, and outer locations before inner ones, as protoc does.
fn sort(locations: &mut [Location]) {
    let spans: HashMap<Vec<i32>, Vec<i32>> =
        locations.iter().map(|location| (location.path.clone(), location.span.clone())).collect();
    locations.sort_by_cached_key(|location| {
        let span = match extension_of(&location.path).and_then(|path| spans.get(path)) {
            Some(extension) => extension,
            None => &location.span,
        };
        let (start, end) = match span[..] {
            [line, start, end] => ((line, start), (line, end)),
            [line, start, last, end] => ((line, start), (last, end)),
            _ => Default::default(),
        };
        let path = location.path.clone();
        (start, Reverse(end), path.len(), path)
    });
}

/// Returns the path of the extension, if `path` is the extended message of an extension.
///
/// protoc writes the location of the extended message right after that of the extension, although `extend Message {`
/// precedes it in the source.
fn extension_of(path: &[i32]) -> Option<&[i32]> {
    const EXTENDEE: i32 = 2;
    const FILE_EXTENSION: i32 = 7;
    const MESSAGE_EXTENSION: i32 = 6;
    match path {
        [FILE_EXTENSION, _, EXTENDEE] => path.get(..2),
        [_, _, .., MESSAGE_EXTENSION, _, EXTENDEE] => path.get(..path.len() - 1),
        _ => None,
    }
}
