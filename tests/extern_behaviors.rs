//! Warnings of field behavior that `extern_path` takes out of the sight of masks.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use transom_build::__internal::Compiler;
use transom_build::__internal::generate;

/// A package that only other packages use.
const COMMON: &str = r#"
    syntax = "proto3";
    package common.v1;
    import "google/api/field_behavior.proto";
    message Billing {
      string tenant = 1 [(google.api.field_behavior) = IMMUTABLE];
      bool paid = 2 [(google.api.field_behavior) = OUTPUT_ONLY];
    }
    message Card { Secret secret = 1; }
    message Secret { string card_number = 1 [(google.api.field_behavior) = INPUT_ONLY]; }
    message Plain { string text = 1 [(google.api.field_behavior) = OPTIONAL]; }
"#;

/// The warnings of a package `shop.v1` with these declarations.
fn warnings(declarations: &str, parameter: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("common.proto", COMMON);
    let head = r#"syntax = "proto3"; package shop.v1;
        import "common.proto"; import "google/protobuf/field_mask.proto";"#;
    write("shop.proto", &format!("{head}\n{declarations}"));
    let compiled = Compiler::new().include(folder.path()).file(folder.path().join("shop.proto")).compile().unwrap();
    let response = generate(compiled.request(parameter)).unwrap();
    response.result.unwrap();
    response.warnings
}

const EXTERN: &str = "extern_path=.common.v1=::common::v1";

const UPDATE: &str = "message Order { common.v1.Billing billing = 1; common.v1.Plain plain = 2; }
    service Shop { rpc UpdateOrder(UpdateOrderRequest) returns (Order); }
    message UpdateOrderRequest { Order order = 1; google.protobuf.FieldMask update_mask = 2; }";

#[test]
fn update_of_resource_with_opaque_behaviors_warns_and_names_extern_fields() {
    let warnings = warnings(UPDATE, EXTERN);
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    let expected = [
        "shop.proto:3:17: warning: field `billing` holds `common.v1.Billing`",
        "common.proto:6:7: `common.v1.Billing.tenant` is IMMUTABLE",
        "add `extern_fields=.common.v1`",
    ];
    for text in expected {
        assert!(warning.contains(text), "{text}: {warning}");
    }
}

/// Declarations in which something works on a resource, and the start of the one warning.
const OPERATIONS: [(&str, &str); 8] = [
    (
        "message Order { common.v1.Card card = 1; }
        service Shop { rpc GetOrder(GetOrderRequest) returns (Order); }
        message GetOrderRequest { google.protobuf.FieldMask read_mask = 1; }",
        "field `card` holds",
    ),
    (
        "message Order { repeated common.v1.Billing bills = 1; }
        service Shop { rpc CreateOrder(CreateOrderRequest) returns (Order); }
        message CreateOrderRequest { Order order = 1; }",
        "field `bills` holds",
    ),
    (
        "message Order { map<string, common.v1.Billing> bills = 1; }
        service Shop { rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse); }
        message ListOrdersRequest { int32 page_size = 2; string page_token = 3; }
        message ListOrdersResponse { repeated Order orders = 1; string next_page_token = 2; }",
        "field `bills` holds",
    ),
    (
        "message Order { string id = 1; oneof how { common.v1.Billing bill = 2; } string note = 3; }
        service Shop { rpc PatchOrder(PatchOrderRequest) returns (Order); }
        message PatchOrderRequest { string id = 1; optional string note = 3; }",
        "field `bill` holds",
    ),
    (
        "message Order { common.v1.Billing bill = 1; }
        service Shop { rpc BatchUpdateOrders(BatchUpdateOrdersRequest) returns (BatchUpdateOrdersResponse); }
        message UpdateOrderRequest { Order order = 1; google.protobuf.FieldMask update_mask = 2; }
        message BatchUpdateOrdersRequest { repeated UpdateOrderRequest requests = 1; }
        message BatchUpdateOrdersResponse { repeated Order orders = 1; }",
        "field `bill` holds",
    ),
    // The resource itself is opaque, so the request is not recognised as an update.
    (
        "service Shop { rpc UpdateBilling(UpdateBillingRequest) returns (UpdateBillingResponse); }
        message UpdateBillingRequest { common.v1.Billing billing = 1; google.protobuf.FieldMask update_mask = 2; }
        message UpdateBillingResponse {}",
        "field `billing` holds",
    ),
    (
        "service Shop { rpc GetCard(GetCardRequest) returns (common.v1.Card); }
        message GetCardRequest { google.protobuf.FieldMask read_mask = 1; }",
        "method `GetCard` returns",
    ),
    (
        "service Shop { rpc CreateBilling(common.v1.Billing) returns (common.v1.Plain); }",
        "method `CreateBilling` takes",
    ),
];

#[test]
fn every_operation_on_a_resource_with_opaque_behaviors_warns() {
    for (declarations, expected) in OPERATIONS {
        let warnings = warnings(declarations, EXTERN);
        assert!(warnings.len() == 1 && warnings[0].contains(expected), "{declarations}: {warnings:?}");
    }
}

#[test]
fn several_places_with_one_remedy_are_one_warning() {
    let order = "message Order { common.v1.Billing billing = 1; common.v1.Card card = 2; }";
    let update = UPDATE.split_once('\n').unwrap().1;
    let warnings = warnings(&format!("{order}\n{update}"), EXTERN);
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    let other = "field `card` holds `common.v1.Card` too, where `common.v1.Secret.card_number` is INPUT_ONLY";
    assert!(warning.contains("field `billing` holds") && warning.contains(other), "{warning}");
}

#[test]
fn extern_fields_and_harmless_types_do_not_warn() {
    assert_eq!(warnings(UPDATE, &format!("{EXTERN},extern_fields=.common.v1")), [""; 0]);
    assert_eq!(warnings(UPDATE, "extern_path=.common.v1.Plain=::common::v1::Plain"), [""; 0]);
    assert_eq!(warnings(UPDATE, &format!("{EXTERN},field_mask=false,pagination=false")), [""; 0]);
    // Nothing works on the resource field by field.
    let call = "service Shop { rpc Pay(common.v1.Billing) returns (common.v1.Card); }";
    assert_eq!(warnings(call, EXTERN), [""; 0]);
}

#[test]
fn single_extern_type_is_named_in_the_help() {
    let warnings = warnings(UPDATE, "extern_path=.common.v1.Billing=::common::Billing");
    assert!(warnings[0].contains("add `extern_fields=.common.v1.Billing`"), "{warnings:?}");
}

#[test]
fn plugin_prints_warnings_on_stderr() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("common.proto"), COMMON).unwrap();
    let head =
        "syntax = \"proto3\"; package shop.v1; import \"common.proto\"; import \"google/protobuf/field_mask.proto\";";
    std::fs::write(folder.path().join("shop.proto"), format!("{head}\n{UPDATE}")).unwrap();
    let compiled = Compiler::new().include(folder.path()).file(folder.path().join("shop.proto")).compile().unwrap();
    let output = run_plugin(&compiled.request(EXTERN), folder.path());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && stderr.starts_with("protoc-gen-transom: shop.proto:2:17: warning: "),
        "{stderr}"
    );
}

fn run_plugin(request: &[u8], folder: &Path) -> std::process::Output {
    let file = folder.join("request");
    std::fs::write(&file, request).unwrap();
    let stdin = std::fs::File::open(file).unwrap();
    std::process::Command::new(env!("CARGO_BIN_EXE_protoc-gen-transom")).stdin(stdin).output().unwrap()
}
