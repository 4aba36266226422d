//! Effect of the options about field masks, and of other options on tables.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use transom_build::__internal::generate;
use transom_build::__internal::{Compiler, ImportScope};

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok").join(case)
}

/// The output by file names.
fn files(case: &str, protos: &[&str], scope: ImportScope, parameter: &str) -> BTreeMap<String, String> {
    let folder = folder(case);
    let protos: Vec<PathBuf> = protos.iter().map(|proto| folder.join(proto)).collect();
    let compiled = Compiler::new().include(&folder).files(&protos).imports(scope).compile().unwrap();
    let generated = generate(compiled.request(parameter)).unwrap().result.unwrap();
    generated.files.into_iter().map(|file| (file.name, file.content)).collect()
}

/// The file of the package `fleet.v1`.
fn fleet(parameter: &str) -> String {
    files("update_requests", &["fleet"], ImportScope::TypesUsed, parameter).remove("fleet.v1.rs").unwrap()
}

fn describes(content: &str, message: &str) -> bool {
    content.contains(&format!("    impl {message} = \""))
}

#[test]
fn the_option_chooses_what_is_described() {
    let reached = fleet("");
    assert!(describes(&reached, "Truck") && !describes(&reached, "GetTruckRequest") && !describes(&reached, "Garage"));
    let all = fleet("field_mask=all");
    assert!(describes(&all, "Truck") && describes(&all, "GetTruckRequest") && describes(&all, "Garage"));
    assert_eq!(all.matches("_request! {").count(), reached.matches("_request! {").count());
    let off = fleet("field_mask=false,field_mask_root=.fleet.v1.Truck");
    assert!(!off.contains("::transom::__private::fields!") && !off.contains("_request!"));
    assert_eq!(fleet("field_mask=true"), reached);
    assert_eq!(fleet("field_mask"), reached);
}

#[test]
fn roots_are_described_with_all_that_they_reach() {
    let content = fleet("field_mask_root=.fleet.v1.Garage,field_mask_root=.fleet.v1.BatchRequest");
    assert!(describes(&content, "Garage") && describes(&content, "garage::UpdateEnginePartRequest"));
    assert!(describes(&content, "BatchRequest") && !describes(&content, "StringMaskRequest"));
    // A prefix of a name is not a path.
    assert!(!describes(&fleet("field_mask_root=.fleet.v1.Gara"), "Garage"));
}

#[test]
fn types_from_elsewhere_are_one_value_unless_an_option_says_more() {
    let vault = |parameter| {
        let mut files = files("field_mask_options", &["vault"], ImportScope::TypesUsed, parameter);
        files.remove("vault.v1.rs").unwrap()
    };
    let closed = vault("extern_path=.shop.geo.v1=::geo");
    assert!(closed.contains("] opaque(::geo::Spot, \"shop.geo.v1.Spot\"): optional(place);"), "{closed}");
    assert!(closed.contains("] int32: repeated(kinds);") && !closed.contains("foreign_fields"), "{closed}");
    let open = vault("extern_path=.shop.geo.v1=::geo,extern_fields=.shop.geo.v1.Spot");
    assert!(open.contains("] message(foreign_fields::shop::geo::v1::Spot): optional(place);"), "{open}");
    assert!(open.contains("impl Spot = \"shop.geo.v1.Spot\" for ::geo::Spot, reaches []"), "{open}");
    assert!(open.contains("oneof(0, extra, ::geo::spot::point::Extra::Raw)"), "{open}");
    assert!(open.contains("] enumeration(::geo::spot::Kind): repeated(kinds);"), "{open}");
}

#[test]
fn well_known_types_of_others_are_one_value_and_their_masks_are_not_ours() {
    for (parameter, timestamp) in [
        ("extern_path=.google.protobuf=::other", "::other::Timestamp"),
        ("compile_well_known_types", "super::super::google::protobuf::Timestamp"),
    ] {
        let content = fleet(parameter);
        let expected = format!("] opaque({timestamp}, \"google.protobuf.Timestamp\"): optional(bought);");
        assert!(content.contains(&expected), "{parameter}: {content}");
        assert!(!content.contains("update_request!") && !content.contains("read_request!"), "{parameter}");
        // An update by optional fields needs no mask type.
        assert!(content.contains("patch_request!"), "{parameter}");
    }
}

#[test]
fn a_package_is_the_same_whatever_is_generated_with_it() {
    let all = files("field_mask_packages", &["shop"], ImportScope::TypesUsed, "");
    assert_eq!(all.len(), 4);
    for (name, protos) in [
        ("shop.v1.rs", &["shop/v1/shop.proto", "shop/v1/item.proto"][..]),
        ("shop.base.v1.rs", &["shop/base/v1/base.proto"]),
        ("shop.type.rs", &["shop/type/type.proto"]),
    ] {
        let alone = files("field_mask_packages", protos, ImportScope::Listed, "");
        assert_eq!(alone.keys().collect::<Vec<_>>(), [name]);
        assert_eq!(alone[name], all[name], "{name}");
    }
    let all_lists = files("list_packages", &["shop"], ImportScope::TypesUsed, "");
    for (name, proto) in [("shop.v1.rs", "shop/v1/shop.proto"), ("shop.base.v1.rs", "shop/base/v1/base.proto")] {
        let alone = files("list_packages", &[proto], ImportScope::Listed, "");
        assert_eq!(alone[name], all_lists[name], "{name}");
    }
    assert!(all["shop.v1.rs"].contains("for super::super::super::super::super::base::v1::Order,"));
    assert!(!all["shop.base.v1.rs"].contains("__private::fields!"), "it has no service");
}
