//! Comparison of the generated messages with one call of prost-build over all files, attribute by attribute.
//!
//! Comments are not compared, because ours are escaped for rustdoc. Files with editions are not compared, because
//! prost-build rejects them.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;

use prost::Message;
use prost_build::Module;
use prost_types::{FileDescriptorProto, FileDescriptorSet};
use transom_build::__internal::{Compiled, Compiler, ImportScope};

/// Returns the compared lines: all except comments, blank lines and our lint attributes.
fn items(text: &str) -> Vec<&str> {
    let counts = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[allow(clippy::")
    };
    text.lines().filter(counts).collect()
}

/// Returns the output of one call of prost-build, by file name.
fn by_prost(compiled: &Compiled) -> BTreeMap<String, String> {
    let set = FileDescriptorSet::decode(compiled.descriptor_set().as_slice()).unwrap();
    let mut files: Vec<FileDescriptorProto> = set.file;
    files.sort_by(|left, right| left.name().cmp(right.name()));
    let requests = files.into_iter().map(|mut file| {
        file.source_code_info = None;
        (Module::from_protobuf_package_name(file.package()), file)
    });
    let modules = prost_build::Config::new().generate(requests.collect()).unwrap();
    modules.into_iter().map(|(module, text)| (module.to_file_name_or("_").replace("r#", ""), text)).collect()
}

/// Cases for which the output of prost-build does not compile.
const NOT_COMPILING: [&str; 2] = [
    // A default that names an alias of an enum value refers to a variant that is not generated.
    "default_alias",
    // The derive macro panics on a map of enums whose name is a raw identifier.
    "keyword_shapes",
];

/// Cases that compile only with options.
const WITH_OPTIONS: [&str; 1] = ["descriptor_types_compiled"];

#[test]
fn messages_equal_output_of_prost_build() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok");
    let mut compared = 0;
    for entry in std::fs::read_dir(cases).unwrap() {
        let folder = entry.unwrap().path();
        let compiled =
            Compiler::new().include(&folder).file(&folder).imports(ImportScope::AllImports).compile().unwrap();
        let set = FileDescriptorSet::decode(compiled.descriptor_set().as_slice()).unwrap();
        let is_left_out = NOT_COMPILING.iter().chain(&WITH_OPTIONS).any(|case| folder.ends_with(case));
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
