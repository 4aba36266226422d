//! Descriptor sets as input, and import scopes.

use bytes::BufMut;
use prost_types::compiler::CodeGeneratorRequest;

use super::*;

fn project() -> Project {
    Project::new(&[
        (
            "shop.proto",
            "syntax = 'proto3'; package shop;
            import 'google/api/annotations.proto';
            import 'google/rpc/status.proto';
            import 'google/protobuf/timestamp.proto';
            import 'item.proto';
            import 'unused.proto';
            message Order {
              map<string, shop.item.Item> items = 1;
              google.rpc.Status status = 2;
              google.protobuf.Timestamp at = 3;
            }
            service Shop {
              rpc Get(Order) returns (Order) { option (google.api.http) = { get: '/v1/x' }; }
            }",
        ),
        (
            "item.proto",
            "syntax = 'proto3'; package shop.item;
            import 'color.proto';
            message Item { message Inner { Color color = 1; } }",
        ),
        ("color.proto", "syntax = 'proto3'; package shop.item; enum Color { NONE = 0; }"),
        ("unused.proto", "syntax = 'proto3'; package unused; message Unused {}"),
    ])
}

fn compiled() -> Compiled {
    let project = project();
    Compiler::new().include(project.path("")).file("shop.proto").compile().unwrap()
}

fn files(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A set with these bytes as its files.
fn set<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut set = Vec::new();
    for file in files {
        set.put_u8(0x0a);
        prost::encode_length_delimiter(file.len(), &mut set).unwrap();
        set.put_slice(file);
    }
    set
}

fn file(name: &str, imports: &[&str]) -> Vec<u8> {
    FileDescriptorProto { name: Some(name.to_owned()), dependency: files(imports), ..Default::default() }
        .encode_to_vec()
}

#[test]
fn import_scope_adds_imports() {
    let project = project();
    for compiler in compilers() {
        let compiler = compiler.include(project.path("")).file("shop.proto");
        for (scope, expected) in [
            (ImportScope::Listed, vec!["shop.proto"]),
            (ImportScope::TypesUsed, vec!["shop.proto", "google/rpc/status.proto", "color.proto", "item.proto"]),
            (
                ImportScope::AllImports,
                vec![
                    "shop.proto",
                    "google/api/http.proto",
                    "google/api/annotations.proto",
                    "google/rpc/status.proto",
                    "color.proto",
                    "item.proto",
                    "unused.proto",
                ],
            ),
        ] {
            let compiled = compiler.clone().imports(scope).compile().unwrap();
            assert_eq!(compiled.files_to_generate(), expected, "{scope:?}");
        }
    }
}

#[test]
fn descriptor_set_gives_same_request_as_files() {
    let compiled = compiled();
    let again =
        Compiled::from_descriptor_set(compiled.descriptor_set(), &files(&["shop.proto"]), ImportScope::Listed).unwrap();
    assert_eq!(again.request("x"), compiled.request("x"));
    assert_eq!(again.backend(), None);
}

#[test]
fn common_imports_are_generated_only_if_named() {
    let bytes = compiled().descriptor_set();
    let all = Compiled::from_descriptor_set(bytes.clone(), &[], ImportScope::Listed).unwrap();
    assert_eq!(all.files_to_generate(), ["color.proto", "item.proto", "unused.proto", "shop.proto"]);

    let named = files(&["google/rpc/status.proto", "item.proto", "item.proto"]);
    let some = Compiled::from_descriptor_set(bytes, &named, ImportScope::Listed).unwrap();
    assert_eq!(some.files_to_generate(), ["google/rpc/status.proto", "item.proto"]);
    // Files that they do not import are omitted.
    let set = DescriptorSet::decode(some.descriptor_set().into()).unwrap();
    let names: Vec<_> = set.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["google/protobuf/any.proto", "google/rpc/status.proto", "color.proto", "item.proto"]);
}

#[test]
fn imports_in_buf_image_are_not_generated() {
    let mut import = file("a.proto", &[]);
    // Field 8042, a message whose field 1 says that the file is an import.
    import.extend([0xd2, 0xf6, 0x03, 2, 0x08, 1]);
    let own = file("b.proto", &["a.proto"]);
    let image = set([import.as_slice(), &own]);
    let compiled = Compiled::from_descriptor_set(image, &[], ImportScope::Listed).unwrap();
    assert_eq!(compiled.files_to_generate(), ["b.proto"]);
}

#[test]
fn descriptor_set_accepts_any_order_and_duplicates() {
    let [a, b, c] = [file("a.proto", &["b.proto", "c.proto"]), file("b.proto", &["c.proto"]), file("c.proto", &[])];
    let bytes = set([a.as_slice(), &b, &a, &c]);
    let compiled = Compiled::from_descriptor_set(bytes, &[], ImportScope::Listed).unwrap();
    assert_eq!(compiled.descriptor_set(), set([c.as_slice(), &b, &a]));
}

#[test]
fn invalid_descriptor_sets_are_errors() {
    let refuse = |bytes: Vec<u8>, names: &[&str]| {
        Compiled::from_descriptor_set(bytes, &files(names), ImportScope::TypesUsed).unwrap_err().to_string()
    };
    assert!(refuse(b"not a set".to_vec(), &[]).starts_with("error: the descriptor set is not valid: "));
    let empty = "error: the descriptor set has no files\n  help: make it with ";
    assert!(refuse(Vec::new(), &[]).starts_with(empty) && refuse(Vec::new(), &["a.proto"]).starts_with(empty));
    assert_eq!(
        refuse(set([file("google/protobuf/any.proto", &[]).as_slice()]), &[]),
        "error: the descriptor set contains only well-known types and bundled files\n  help: name the files to generate"
    );
    assert_eq!(
        refuse(set([file("a.proto", &[]).as_slice()]), &["b.proto", "./a.proto"]),
        "error: the descriptor set has no file `b.proto`
  help: use the import name: the path relative to the include directory
error: the descriptor set has no file `./a.proto`
  help: use the import name: the path relative to the include directory"
    );
    assert_eq!(
        refuse(set([file("a.proto", &["b.proto", "c.proto"]).as_slice()]), &[]),
        "a.proto: error: the descriptor set lacks the import `b.proto`
  help: make the set with `--include_imports`
a.proto: error: the descriptor set lacks the import `c.proto`
  help: make the set with `--include_imports`"
    );
    assert_eq!(
        refuse(set([file("a.proto", &[]).as_slice(), &file("b.proto", &[]), &file("a.proto", &["b.proto"])]), &[]),
        "a.proto: error: the descriptor set contains two different files of this name"
    );
    assert_eq!(
        refuse(set([file("a.proto", &["b.proto"]).as_slice(), &file("b.proto", &["a.proto"])]), &[]),
        "b.proto: error: the file imports itself through `a.proto`"
    );
    assert_eq!(
        refuse(set([file("a.proto", &["a.proto"]).as_slice()]), &[]),
        "a.proto: error: the file imports itself through `a.proto`"
    );
}

/// Twenty thousand files, each importing the one after it: no stack may run out.
#[test]
fn long_chains_of_imports_are_no_obstacle() {
    let name = |n: usize| format!("{n}.proto");
    let chain: Vec<Vec<u8>> =
        (0..20_000).map(|n| file(&name(n), &[&name(n + 1)])).chain([file(&name(20_000), &[])]).collect();
    let bytes = set(chain.iter().map(Vec::as_slice));
    let compiled = Compiled::from_descriptor_set(bytes, &files(&["0.proto"]), ImportScope::TypesUsed).unwrap();
    assert_eq!(compiled.set.files()[0].name, "20000.proto");
}

#[test]
fn what_is_imported_for_options_is_there_and_not_generated() {
    let project = Project::new(&[
        (
            "rules.proto",
            "edition = '2023'; package rules;
            import 'google/protobuf/descriptor.proto';
            extend google.protobuf.FieldOptions { string tag = 50001; }",
        ),
        (
            "shop.proto",
            "edition = '2024'; package shop;
            import option 'rules.proto';
            message Order { string id = 1 [(rules.tag) = 'x']; }",
        ),
    ]);
    for scope in [ImportScope::Listed, ImportScope::TypesUsed, ImportScope::AllImports] {
        let compiled = Compiler::new().include(project.path("")).file("shop.proto").imports(scope).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["shop.proto"]);
        let request = CodeGeneratorRequest::decode(compiled.request("").as_slice()).unwrap();
        let sent: Vec<&str> = request.proto_file.iter().map(|file| file.name()).collect();
        assert_eq!(sent, ["google/protobuf/descriptor.proto", "rules.proto", "shop.proto"]);
    }
    let compiled = Compiler::new().include(project.path("")).file("shop.proto").compile().unwrap();
    let own = compiled.set.get("shop.proto").unwrap().raw.clone();
    let alone = Compiled::from_descriptor_set(set([&own[..]]), &[], ImportScope::Listed).unwrap();
    assert_eq!(alone.files_to_generate(), ["shop.proto"], "a set may lack what only options need");
}
