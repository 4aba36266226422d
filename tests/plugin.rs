//! The binary as protoc runs it: bytes in, bytes out, exit codes.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use prost::Message;
use prost_types::compiler::{CodeGeneratorRequest, CodeGeneratorResponse};
use prost_types::source_code_info::Location;
use prost_types::{
    DescriptorProto, FieldDescriptorProto, FileDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto,
    SourceCodeInfo,
};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_protoc-gen-transom"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn answer(request: &CodeGeneratorRequest) -> CodeGeneratorResponse {
    let output = run(&[], &request.encode_to_vec());
    assert!(output.status.success(), "{output:?}");
    CodeGeneratorResponse::decode(output.stdout.as_slice()).unwrap()
}

fn request(parameter: &str, methods: &[(&str, &str)]) -> CodeGeneratorRequest {
    let method = |(name, output): &(&str, &str)| MethodDescriptorProto {
        name: Some((*name).to_owned()),
        input_type: Some(".shop.v1.Item".to_owned()),
        output_type: Some((*output).to_owned()),
        ..MethodDescriptorProto::default()
    };
    CodeGeneratorRequest {
        file_to_generate: vec!["shop.proto".to_owned()],
        parameter: Some(parameter.to_owned()),
        proto_file: vec![FileDescriptorProto {
            name: Some("shop.proto".to_owned()),
            package: Some("shop.v1".to_owned()),
            syntax: Some("proto3".to_owned()),
            message_type: vec![DescriptorProto { name: Some("Item".to_owned()), ..DescriptorProto::default() }],
            service: vec![ServiceDescriptorProto {
                name: Some("Shop".to_owned()),
                method: methods.iter().map(method).collect(),
                options: None,
            }],
            ..FileDescriptorProto::default()
        }],
        compiler_version: None,
    }
}

#[test]
fn a_request_is_answered_with_a_file_for_its_package() {
    let response = answer(&request("", &[("GetItem", ".shop.v1.Item")]));
    assert_eq!(response.error, None);
    assert_eq!(response.file.len(), 1);
    assert_eq!(response.file[0].name(), "shop.v1.rs");
    let content = response.file[0].content();
    for expected in ["pub struct Item", "pub trait Shop", "fn get_item(", "\"/shop.v1.Shop/GetItem\""] {
        assert!(content.contains(expected), "{content}");
    }
}

#[test]
fn the_well_known_types_can_be_those_of_another_crate() {
    let mut request = request("extern_path=.google.protobuf=::pbjson_types", &[("GetItem", ".google.protobuf.Any")]);
    request.proto_file.insert(
        0,
        FileDescriptorProto {
            name: Some("google/protobuf/any.proto".to_owned()),
            package: Some("google.protobuf".to_owned()),
            syntax: Some("proto3".to_owned()),
            message_type: vec![DescriptorProto { name: Some("Any".to_owned()), ..DescriptorProto::default() }],
            ..FileDescriptorProto::default()
        },
    );
    let response = answer(&request);
    assert_eq!(response.error, None);
    let content = response.file[0].content();
    assert!(content.contains("pub struct Item") && content.contains("::pbjson_types::Any"), "{content}");
}

#[test]
fn all_errors_come_in_one_response_and_features_stay_set() {
    let response = answer(&request("colour=red", &[("GetItem", ".shop.v1.Item"), ("get_item", ".no.Such")]));
    let error = response.error();
    assert!(error.contains("error: unknown option `colour`"), "{error}");
    assert!(error.contains("shop.proto: error: type `.no.Such` of method `get_item` is not in the request"), "{error}");
    assert_eq!(response.supported_features(), 3);
    assert_eq!(response.file, []);
}

#[test]
fn path_of_an_option_that_selects_nothing_is_said_on_stderr() {
    let request = request("bytes=.shop.v1.Itme", &[("GetItem", ".shop.v1.Item")]);
    let output = run(&[], &request.encode_to_vec());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("protoc-gen-transom: warning: option `bytes`: no field of type `bytes`"), "{stderr}");
    let response = CodeGeneratorResponse::decode(output.stdout.as_slice()).unwrap();
    assert_eq!((response.error, response.file.len()), (None, 1));
}

#[test]
fn edition_that_is_too_new_goes_by_its_year() {
    let mut request = request("", &[]);
    request.proto_file[0].syntax = Some("editions".to_owned());
    let mut bytes = request.encode_to_vec();
    // FileDescriptorProto.edition = 14: EDITION_2026, which prost-types does not know.
    let mut file = request.proto_file[0].encode_to_vec();
    prost::encoding::int32::encode(14, &1002, &mut file);
    request.proto_file.clear();
    bytes.clear();
    request.encode(&mut bytes).unwrap();
    prost::encoding::bytes::encode(15, &file, &mut bytes);
    let response = CodeGeneratorResponse::decode(run(&[], &bytes).stdout.as_slice()).unwrap();
    assert!(response.error().contains("shop.proto: error: edition 2026 is not supported"), "{}", response.error());
}

#[test]
fn file_name_with_a_character_that_rustc_refuses_is_an_error() {
    for character in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}', '\u{1b}', '\n', '\u{85}'] {
        let mut request = request("", &[]);
        let name = format!("a{character}b.proto");
        request.proto_file[0].name = Some(name.clone());
        request.file_to_generate = vec![name];
        let response = answer(&request);
        let error = response.error();
        assert!(error.contains("has a control character\n  help: rename the file"), "{error}");
        assert!(error.is_ascii() && error.lines().count() == 2, "{error:?}");
    }
}

#[test]
fn texts_from_protos_are_printed_without_control_characters() {
    let mut request = request("\u{1b}[31mx=1,default_package_filename=\u{7}", &[("Get", ".shop.\u{1b}[2J\u{202e}")]);
    request.proto_file[0].message_type[0].name = Some("It\u{1b}em".to_owned());
    request.proto_file[0].dependency.push("gone\u{9b}.proto".to_owned());
    let response = answer(&request);
    assert!(response.error().lines().count() >= 5, "{}", response.error());
    let is_plain = |character: char| !character.is_control() || character == '\n';
    assert!(response.error().chars().all(is_plain), "{:?}", response.error());
    assert!(!response.error().contains('\u{202e}'), "{:?}", response.error());
}

#[test]
fn texts_from_protos_reach_rust_without_bidirectional_characters() {
    let hidden = "\u{202e}\u{2066}x";
    let mut request = request("field_mask=all", &[("GetItem", ".shop.v1.Item")]);
    request.proto_file[0].syntax = None;
    request.proto_file[0].message_type[0].field.push(FieldDescriptorProto {
        name: Some("label".to_owned()),
        number: Some(1),
        r#type: Some(9),
        label: Some(1),
        json_name: Some(hidden.to_owned()),
        default_value: Some(hidden.to_owned()),
        ..FieldDescriptorProto::default()
    });
    let paths = [vec![4, 0], vec![4, 0, 2, 0], vec![6, 0], vec![6, 0, 2, 0], vec![2], vec![12]];
    let location = |path| Location {
        path,
        span: vec![1, 2, 3],
        leading_comments: Some(hidden.to_owned()),
        trailing_comments: Some(hidden.to_owned()),
        leading_detached_comments: vec![hidden.to_owned()],
    };
    request.proto_file[0].source_code_info = Some(SourceCodeInfo { location: paths.map(location).into() });
    let response = answer(&request);
    assert_eq!(response.error, None);
    let content = response.file[0].content();
    for escaped in ["default = \"\\u{202e}\\u{2066}x\"", "0 LABEL = 1, \"label\", \"\\u{202e}\\u{2066}x\""] {
        assert!(content.contains(escaped), "{content}");
    }
    assert!(!content.contains(['\u{202e}', '\u{2066}']), "{content}");
}

#[test]
fn an_element_keeps_its_place_behind_one_that_is_refused() {
    let mut request = request("", &[("Lost", ".no.Such"), ("GetItem", ".shop.v1.Item"), ("get_item", ".shop.v1.Item")]);
    let location =
        |method| Location { path: vec![6, 0, 2, method], span: vec![10 + method, 2, 30], ..Location::default() };
    request.proto_file[0].source_code_info = Some(SourceCodeInfo { location: (0..3).map(location).collect() });
    let response = answer(&request);
    let error = response.error();
    assert!(error.contains("shop.proto:11:3: error: type `.no.Such` of method `Lost`"), "{error}");
    assert!(error.contains("shop.proto:13:3: error: method `get_item` and method `GetItem` both become"), "{error}");
    assert!(error.contains("  shop.proto:12:3: method `GetItem` is declared here"), "{error}");
}

#[test]
fn what_is_no_request_fails_with_a_message_on_stderr() {
    for input in [&b""[..], b"\xff\xff\xff", b"hello"] {
        let output = run(&[], input);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("protoc-gen-transom: "), "{output:?}");
    }
}

#[test]
fn unknown_arguments_are_a_usage_error() {
    for arguments in [&["--bogus"][..], &["gnerate"], &["generate", "--nope"], &["generate", "a.proto"]] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--help"), "{output:?}");
    }
}

#[test]
fn help_lists_every_option_and_the_version_is_the_crates() {
    let help = String::from_utf8(run(&["--help"], b"").stdout).unwrap();
    assert!(help.contains(&transom_build::__internal::help()));
    let version = String::from_utf8(run(&["--version"], b"").stdout).unwrap();
    assert_eq!(version.trim(), concat!("protoc-gen-transom ", env!("CARGO_PKG_VERSION")));
}
