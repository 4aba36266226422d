//! Paths in options: the elements that each option selects, and the warnings about paths that select nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use transom_build::__internal::Compiler;
use transom_build::__internal::{Response, generate};

const SHOP: &str = r#"
syntax = "proto3";
package shop.v1;
import "google/protobuf/timestamp.proto";
import "shop/money.proto";
message Item {
  string name = 1;
  bytes icon = 2;
  map<string, bytes> blobs = 3;
  optional Size size = 4;
  oneof price {
    shop.Money fixed = 5;
    string quoted = 6;
    bytes sealed = 9;
  }
  google.protobuf.Timestamp made = 7;
  message Label { string text = 1; }
  repeated Label labels = 8;
}
enum Size { SIZE_UNSPECIFIED = 0; SIZE_LARGE = 1; }
service Shop { rpc GetItem(Item) returns (Item); }
"#;

const MONEY: &str = r#"syntax = "proto3"; package shop; message Money { int64 units = 1; bytes note = 2; }"#;

fn response(parameter: &str) -> Response {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("shop/v1/shop.proto", SHOP), ("shop/money.proto", MONEY)] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let compiled = Compiler::new().include(folder.path()).file("shop/v1/shop.proto").compile().unwrap();
    generate(compiled.request(parameter)).unwrap()
}

/// Returns the warnings about an option that is accepted.
fn warnings(parameter: &str) -> Vec<String> {
    let response = response(parameter);
    assert!(response.result.is_ok(), "{parameter}: {:?}", response.result);
    response.warnings
}

#[test]
fn path_that_selects_an_element_is_silent() {
    for (option, paths) in [
        ("bytes=PATH", &[".", ".shop", ".shop.v1", ".shop.v1.Item", ".shop.v1.Item.icon", ".shop.v1.Item.value"][..]),
        ("btree_map=PATH", &[".", ".shop.v1", ".shop.v1.Item.blobs"]),
        (
            "boxed=PATH",
            &[".", ".shop.v1.Item", ".shop.v1.Item.made", ".shop.v1.Item.fixed", ".shop.v1.Item.price.fixed"],
        ),
        (
            "type_attribute=PATH=#[a]",
            &[".", ".shop.v1.Item.Label", ".shop.v1.Size", ".shop.v1.Item.price", ".shop.Money"],
        ),
        ("message_attribute=PATH=#[a]", &[".shop", ".shop.v1.Item", ".shop.v1.Item.Label"]),
        ("enum_attribute=PATH=#[a]", &[".shop.v1", ".shop.v1.Size", ".shop.v1.Item.price"]),
        ("oneof_attribute=PATH=#[a]", &[".", ".shop.v1", ".shop.v1.Item", ".shop.v1.Item.price"]),
        ("trait_attribute=PATH=#[a]", &[".", ".shop", ".shop.v1.Shop"]),
        ("client_mod_attribute=PATH=#[a]", &[".shop.v1.Shop"]),
        ("type_name_domain=PATH=a.example", &[".", ".shop.v1.Item", ".shop.Money"]),
        (
            "field_attribute=PATH=#[a]",
            &[
                ".shop.v1.Item.name",
                ".shop.v1.Item.price",
                ".shop.v1.Item.price.fixed",
                ".shop.v1.Size.SIZE_LARGE",
                ".shop.v1.Item.Label.text",
            ],
        ),
        (
            "disable_comments=PATH",
            &[".", ".shop.v1.Item.name", ".shop.v1.Item.fixed", ".shop.v1.Size.SIZE_LARGE", ".shop.v1.Shop.GetItem"],
        ),
        ("skip_debug=PATH", &[".shop.v1.Item", ".shop.v1.Size"]),
        ("field_mask_root=PATH", &[".shop.v1.Item", ".shop.v1.Item.Label"]),
        ("extern_path=PATH=::a", &[".shop", ".shop.Money", ".google.protobuf.Timestamp"]),
        ("extern_path=.shop.Money=::a,extern_fields=PATH", &[".shop", ".shop.Money", "."]),
        ("pagination_except=PATH", &[".", ".shop.v1.Shop", ".shop.v1.Shop.GetItem"]),
    ] {
        for path in paths {
            let parameter = option.replace("PATH", path);
            assert_eq!(warnings(&parameter), [""; 0], "{parameter}");
        }
    }
}

#[test]
fn path_that_selects_nothing_is_a_warning_with_the_nearest_path() {
    for (parameter, near) in [
        ("bytes=.shop.v1.Itm", ".shop.v1.Item"),
        ("bytes=.shpo.v1", ".shop.v1"),
        ("bytes=.shop.v1.Item.icn", ".shop.v1.Item.icon"),
        ("btree_map=.shop.v1.Item.blob", ".shop.v1.Item.blobs"),
        ("boxed=.shop.v1.Item.price.fixd", ".shop.v1.Item.price.fixed"),
        ("type_attribute=.shop.v1.Sise=#[a]", ".shop.v1.Size"),
        ("message_attribute=.shop.v1.Item.Labels=#[a]", ".shop.v1.Item.Label"),
        ("enum_attribute=.shop.v1.Item.prise=#[a]", ".shop.v1.Item.price"),
        ("field_attribute=.shop.v1.Size.SIZE_LARG=#[a]", ".shop.v1.Size.SIZE_LARGE"),
        ("disable_comments=.shop.v1.Shop.GetItm", ".shop.v1.Shop.GetItem"),
        ("skip_debug=.Item", ".shop.v1.Item"),
        ("field_mask_root=.shop.v1.item.label", ".shop.v1.Item.Label"),
        ("extern_path=.shop.Mony=::a", ".shop.Money"),
        ("extern_path=.shop.Money=::a,extern_fields=.shop.Mony", ".shop.Money"),
        ("oneof_attribute=.shop.v1.Item.prise=#[a]", ".shop.v1.Item.price"),
        ("server_attribute=.shop.v1.Shp=#[a]", ".shop.v1.Shop"),
        ("pagination_except=.shop.v1.Shp.GetItem", ".shop.v1.Shop.GetItem"),
        ("pagination_items=.shop.v1.Shp.GetItem=items", ".shop.v1.Shop.GetItem"),
    ] {
        let warnings = warnings(parameter);
        let option = parameter.rsplit(',').next().unwrap().split('=').next().unwrap();
        assert_eq!(warnings.len(), 1, "{parameter}: {warnings:?}");
        assert!(warnings[0].starts_with(&format!("warning: option `{option}`: no ")), "{}", warnings[0]);
        assert!(warnings[0].ends_with(&format!("\n  help: did you mean `{near}`?")), "{parameter}: {}", warnings[0]);
    }
}

#[test]
fn path_to_an_element_of_another_kind_says_so() {
    for parameter in [
        "bytes=.shop.v1.Item.name",
        "btree_map=.shop.v1.Item.labels",
        "boxed=.shop.v1.Item.labels",
        "type_attribute=.shop.v1.Item.name=#[a]",
        "enum_attribute=.shop.v1.Item.Label=#[a]",
        "oneof_attribute=.shop.v1.Size=#[a]",
        "client_attribute=.shop.v1.Item=#[a]",
        "message_attribute=.shop.v1.Size=#[a]",
        "skip_debug=.shop.v1.Item.icon",
        "extern_path=.shop.Money=::a,extern_fields=.shop.v1.Size",
    ] {
        let warnings = warnings(parameter);
        assert!(
            warnings.len() == 1 && warnings[0].contains("exists, but the option has no effect on it"),
            "{warnings:?}"
        );
    }
}

#[test]
fn path_of_oneof_member_or_map_has_help_with_path_that_option_accepts() {
    for (parameter, path) in [
        ("bytes=.shop.v1.Item.price.sealed", ".shop.v1.Item.sealed"),
        ("bytes=.shop.v1.Item.blobs", ".shop.v1.Item.value"),
        ("disable_comments=.shop.v1.Item.price.fixed", ".shop.v1.Item.fixed"),
        ("field_attribute=.shop.v1.Item.fixed=#[a]", ".shop.v1.Item.price.fixed"),
    ] {
        let warnings = warnings(parameter);
        let help = format!("\n  help: write `{path}`, the path that this option has for the field");
        assert!(warnings.len() == 1 && warnings[0].ends_with(&help), "{parameter}: {warnings:?}");
    }
}

#[test]
fn types_that_are_never_generated_are_not_selected() {
    let warnings = warnings("type_attribute=.google.protobuf.Timestamp=#[a],bytes=.google");
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings.iter().all(|warning| warning.ends_with("exists, but its Rust type is not generated")),
        "{warnings:?}"
    );
}

#[test]
fn method_that_its_service_lacks_is_an_error_with_the_nearest_one() {
    let errors = response("pagination_items=.shop.v1.Shop.GetItme=items").result.unwrap_err();
    assert!(errors.ends_with("has no method `GetItme`\n  help: did you mean `.shop.v1.Shop.GetItem`?"), "{errors}");
}

#[test]
fn strict_options_makes_all_of_them_errors_at_once() {
    let response = response("strict_options=true,bytes=.shop.v1.Itm,boxed=.nowhere.at.all,servr=true");
    let errors = response.result.unwrap_err();
    assert!(
        errors.contains("error: option `bytes`: no field of type `bytes` is at or under `.shop.v1.Itm`"),
        "{errors}"
    );
    assert!(errors.contains("help: the packages of this run are `.google.protobuf`, `.shop`, `.shop.v1`"), "{errors}");
    assert!(
        errors.contains("error: unknown option `servr`\n  help: did you mean `server`? the options are"),
        "{errors}"
    );
    assert_eq!(response.warnings, [""; 0]);
    assert_eq!(warnings("strict_options,bytes=.,type_attribute=.shop.v1.Item=#[a]"), [""; 0]);
}

/// Bazel's `rules_rust_prost` passes an `extern_path` for each message, enum and oneof of all dependencies, and
/// `compile_well_known_types` without a value.
#[test]
fn extern_paths_of_single_types_replace_all_types() {
    let folder = tempfile::tempdir().unwrap();
    let mut types = "syntax = \"proto3\"; package types;\n".to_owned();
    let mut user = "syntax = \"proto3\"; package user; import \"types.proto\"; \
                    import \"google/protobuf/timestamp.proto\";\nmessage User {\n  google.protobuf.Timestamp at = 1000;\n"
        .to_owned();
    let mut parameter = "compile_well_known_types,strict_options".to_owned();
    parameter.push_str(",extern_path=.google.protobuf.Timestamp=::wkt::google::protobuf::Timestamp");
    for n in 0..200 {
        types.push_str(&format!(
            "message M{n} {{ message In {{}} enum E {{ Z = 0; }} oneof choice {{ In a = 1; E b = 2; }} }}\n"
        ));
        user.push_str(&format!("  types.M{n} m{n} = {};\n  types.M{n}.In i{n} = {};\n", 2 * n + 1, 2 * n + 2));
        let path = format!("::types_proto::types::m{n}");
        for (proto, rust) in [
            (format!(".types.M{n}"), format!("::types_proto::types::M{n}")),
            (format!(".types.M{n}.In"), format!("{path}::In")),
            (format!(".types.M{n}.E"), format!("{path}::E")),
            (format!(".types.M{n}.choice"), format!("{path}::Choice")),
        ] {
            parameter.push_str(&format!(",extern_path={proto}={rust}"));
        }
    }
    user.push_str("}\n");
    std::fs::write(folder.path().join("types.proto"), types).unwrap();
    std::fs::write(folder.path().join("user.proto"), user).unwrap();
    let compiled = Compiler::new().include(folder.path()).file("user.proto").compile().unwrap();
    let response = generate(compiled.request(&parameter)).unwrap();
    assert_eq!(response.warnings, [""; 0]);
    let files = response.result.unwrap().files;
    assert_eq!(files.len(), 1);
    for line in [
        "pub at: ::core::option::Option<::wkt::google::protobuf::Timestamp>,",
        "pub m199: ::core::option::Option<::types_proto::types::M199>,",
        "pub i199: ::core::option::Option<::types_proto::types::m199::In>,",
    ] {
        assert!(files[0].content.contains(line), "no {line} in\n{}", files[0].content);
    }
}
