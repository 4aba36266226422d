//! The messages are prost-build's: one call of it over everything gives the same items, attribute by attribute.
//!
//! Comments are left out of the comparison (ours are made safe for rustdoc), and so is everything with an edition, which
//! prost-build refuses.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;

use prost::Message;
use prost_build::Module;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FileDescriptorProto, FileDescriptorSet};
use transom_build::__internal::{Compiled, Compiler, ImportScope};

/// Returns the compared lines: all but comments, blank lines and our lint attributes.
fn items(text: &str) -> Vec<&str> {
    let counts = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[allow(clippy::")
    };
    text.lines().filter(counts).collect()
}

/// prost-build 0.14 takes a proto3 field with any option for one that is not packed. Ours follows the language, so the
/// comparison says what the language says.
fn state_packing(message: &mut DescriptorProto) {
    for field in &mut message.field {
        let packable = !matches!(field.r#type(), Type::String | Type::Bytes | Type::Message | Type::Group);
        if field.label() == Label::Repeated && packable {
            let options = field.options.get_or_insert_default();
            options.packed.get_or_insert(true);
        }
    }
    message.nested_type.iter_mut().for_each(state_packing);
}

/// The output of one call over all files, by package module.
fn by_prost(compiled: &Compiled) -> BTreeMap<String, String> {
    let set = FileDescriptorSet::decode(compiled.descriptor_set().as_slice()).unwrap();
    let mut files: Vec<FileDescriptorProto> = set.file;
    files.sort_by(|left, right| left.name().cmp(right.name()));
    let requests = files.into_iter().map(|mut file| {
        file.source_code_info = None;
        if file.syntax() == "proto3" {
            file.message_type.iter_mut().for_each(state_packing);
        }
        (Module::from_protobuf_package_name(file.package()), file)
    });
    let modules = prost_build::Config::new().generate(requests.collect()).unwrap();
    modules.into_iter().map(|(module, text)| (module.to_file_name_or("_").replace("r#", ""), text)).collect()
}

/// Cases in which prost-build's own output does not compile, so that ours must differ.
const MENDED: [&str; 2] = [
    // It makes a default that names an alias refer to a variant that it does not write.
    "default_alias",
    // Its derive panics on a map of enums whose name is a raw identifier.
    "keyword_shapes",
];

/// Cases that are generated with options only.
const WITH_OPTIONS: [&str; 1] = ["descriptor_types_compiled"];

#[test]
fn messages_are_those_of_prost_build() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok");
    let mut compared = 0;
    for entry in std::fs::read_dir(cases).unwrap() {
        let folder = entry.unwrap().path();
        let compiled =
            Compiler::new().include(&folder).file(&folder).imports(ImportScope::AllImports).compile().unwrap();
        let set = FileDescriptorSet::decode(compiled.descriptor_set().as_slice()).unwrap();
        let is_left_out = MENDED.iter().chain(&WITH_OPTIONS).any(|case| folder.ends_with(case));
        if is_left_out || set.file.iter().any(|file| file.syntax() == "editions") {
            continue;
        }
        let request = compiled.request("server=false,client=false,field_mask=false");
        let generated = transom_build::__internal::generate(request).unwrap().result.unwrap();
        let expected = by_prost(&compiled);
        for file in &generated.files {
            let prost = expected.get(&file.name).map_or("", String::as_str);
            assert_eq!(items(&file.content), items(prost), "{}: {}", folder.display(), file.name);
            compared += items(prost).len();
        }
    }
    assert!(compared > 1_000, "only {compared} lines were compared");
}
