//! `FILE_DESCRIPTOR_SET`: the package's files and all their imports, as gRPC reflection needs them.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::descriptor::wire::without_field;
use crate::model::{FileId, Model, Package};

/// `FileDescriptorProto.source_code_info`: comments and places are not for running programs.
const SOURCE_CODE_INFO: u32 = 9;

/// Lines of the literal are broken before this column.
const WIDTH: usize = 116;

/// Writes the constant.
pub(super) fn emit(model: &Model, package: &Package, output: &mut String) {
    let mut bytes = Vec::new();
    for id in closure(model, package) {
        let file = without_field(&model.file(id).encoded, SOURCE_CODE_INFO);
        // FileDescriptorSet.file = 1, length-delimited.
        bytes.push(0x0a);
        prost::encoding::encode_varint(file.len() as u64, &mut bytes);
        bytes.extend_from_slice(&file);
    }
    output.push_str(
        "\n/// The encoded `google.protobuf.FileDescriptorSet` of this package and everything that it imports.\n",
    );
    output.push_str("pub const FILE_DESCRIPTOR_SET: &[u8] = b\"\\\n");
    literal(&bytes, output);
    output.push_str("\";\n");
}

/// The files of a package behind all that they import; the order does not depend on the request's.
fn closure(model: &Model, package: &Package) -> Vec<FileId> {
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    // A file is pushed once to be opened and once, behind its imports, to be listed.
    let mut stack: Vec<(FileId, bool)> = package.files.iter().rev().map(|&file| (file, false)).collect();
    while let Some((file, is_open)) = stack.pop() {
        if is_open {
            order.push(file);
        } else if seen.insert(file) {
            stack.push((file, true));
            stack.extend(model.file(file).imports.iter().rev().map(|&import| (import, false)));
        }
    }
    order
}

fn literal(bytes: &[u8], output: &mut String) {
    let mut column = 0;
    for &byte in bytes {
        let start = output.len();
        match byte {
            b'"' | b'\\' => output.extend(['\\', char::from(byte)]),
            // A blank behind a line break would be taken for indentation.
            b' ' if column > 0 => output.push(' '),
            0x21..=0x7e => output.push(char::from(byte)),
            _ => {
                let _ = write!(output, "\\x{byte:02x}");
            }
        }
        column += output.len() - start;
        if column >= WIDTH {
            output.push_str("\\\n");
            column = 0;
        }
    }
}
