//! The option `include_file`: a tree of modules that lacks something is refused.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use transom_build::__internal::generate;
use transom_build::__internal::{Compiler, ImportScope};

/// Errors of a run over some of the protos. With `strategy: directory`, buf makes one run for each folder.
fn run(protos: &[(&str, &str)], to_generate: &[&str], scope: ImportScope, parameter: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in protos {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        std::fs::write(path, format!("syntax = \"proto3\"; {content}")).unwrap();
    }
    let compiled = Compiler::new().include(folder.path()).files(to_generate).imports(scope).compile().unwrap();
    generate(compiled.request(&format!("include_file=mod.rs,{parameter}"))).unwrap().result.map(|_| ())
}

const SPLIT: &[(&str, &str)] = &[
    ("shop/item.proto", "package shop; message Item {}"),
    ("shop/orders/order.proto", "package shop; import \"shop/item.proto\"; message Order { Item item = 1; }"),
    ("shop/orders/cart.proto", "package shop; import \"shop/item.proto\"; message Cart {}"),
];

const TWO: &[(&str, &str)] = &[
    (
        "a/v1/a.proto",
        "package a.v1; import \"b/v1/b.proto\"; message A { b.v1.B b = 1; map<string, b.v1.Kind> k = 2; }",
    ),
    ("b/v1/b.proto", "package b.v1; message B {} enum Kind { KIND_UNSPECIFIED = 0; }"),
];

#[test]
fn tree_without_a_file_of_its_package_is_refused() {
    for proto in ["shop/orders/order.proto", "shop/orders/cart.proto"] {
        let error = run(SPLIT, &[proto], ImportScope::Listed, "").unwrap_err();
        let expected = "error: `mod.rs` would be incomplete: it needs `shop/item.proto` of package `shop`, which this run \
                        does not generate\n  help: with buf, set `strategy: all`";
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(run(SPLIT, &["shop/item.proto", "shop/orders/order.proto"], ImportScope::Listed, ""), Ok(()));
    assert_eq!(run(SPLIT, &["shop/orders/order.proto"], ImportScope::TypesUsed, ""), Ok(()));
}

#[test]
fn tree_without_a_type_that_it_uses_is_refused() {
    let error = run(TWO, &["a/v1/a.proto"], ImportScope::Listed, "").unwrap_err();
    assert!(error.contains("`b/v1/b.proto` of package `b.v1`"), "{error}");
    for (scope, parameter) in [
        (ImportScope::TypesUsed, ""),
        (ImportScope::Listed, "extern_path=.b.v1=::b"),
        (ImportScope::Listed, "messages=false"),
    ] {
        assert_eq!(run(TWO, &["a/v1/a.proto"], scope, parameter), Ok(()), "{parameter}");
    }
    assert_eq!(run(TWO, &["b/v1/b.proto"], ImportScope::Listed, ""), Ok(()));
}

#[test]
fn method_with_a_message_from_elsewhere_is_refused() {
    let protos = &[
        ("a.proto", "package a; import \"b/b.proto\"; service S { rpc M(b.B) returns (b.B); }"),
        ("b/b.proto", "package b; message B {}"),
    ];
    assert!(run(protos, &["a.proto"], ImportScope::Listed, "").is_err());
    assert_eq!(run(protos, &["a.proto"], ImportScope::Listed, "server=false,client=false"), Ok(()));
}

#[test]
fn imports_that_the_tree_does_not_need_are_no_error() {
    let protos = &[
        (
            "shop/item.proto",
            "package shop; import \"options/rules.proto\"; import \"google/protobuf/timestamp.proto\";
             import \"shop/unused.proto\"; import \"other/unused.proto\";
             message Item { google.protobuf.Timestamp made = 1; string name = 2 [(rule).max = 3]; }",
        ),
        // Extends options, and is of the same package.
        (
            "options/rules.proto",
            "package shop; import \"google/protobuf/descriptor.proto\"; message Rule { int32 max = 1; }
             extend google.protobuf.FieldOptions { Rule rule = 50000; }",
        ),
        // The run of this folder is this one, so its author left the file out.
        ("shop/unused.proto", "package shop; message Unused {}"),
        ("other/unused.proto", "package other; message Unused {}"),
    ];
    for scope in [ImportScope::Listed, ImportScope::TypesUsed] {
        assert_eq!(run(protos, &["shop/item.proto"], scope, ""), Ok(()));
    }
}
