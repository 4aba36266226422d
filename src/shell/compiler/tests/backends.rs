//! Comparison of the backends with each other, and with the request of protoc.

use super::*;

/// File that both backends compile to the same bytes.
const SHOP: &str = r#"// About the file.

// About the syntax.
syntax = "proto3";

/* The package. */
package shop.v1;

import "buf/validate/validate.proto";
import "google/api/annotations.proto";
import "google/api/client.proto";
import "google/api/resource.proto";
import "google/protobuf/timestamp.proto";
import public "shop/v1/item.proto";

option java_package = "com.example";

// The service.
//
// With paragraphs.
service Shop {
  option (google.api.default_host) = "shop.example.com";

  // Gets.
  rpc Get(GetRequest) returns (Order) {
    option (google.api.http) = {
      get: "/v1/{name=orders/*}"
      additional_bindings { post: "/v1/get" body: "*" }
    };
    option (google.api.method_signature) = "name";
    option (google.api.method_signature) = "name,count";
  }
  rpc Watch(GetRequest) returns (stream Order); // Watches.
}

message GetRequest {
	string name = 1 [
		(google.api.resource_reference) = {type: "shop.example.com/Order"},
		(buf.validate.field).string = {min_len: 1, max_len: 0x10, pattern: "^\\d+\u00e9$"},
		(buf.validate.field).cel = {id: "a" message: 'b' expression: "this != 'x'" "&& true"}
	];
	int32 count = 2 [json_name = "theCount", deprecated = true];
	/* é */	bool flag = 3;
}

/// An order.
message Order { // After the brace.
  option (google.api.resource) = {
    type: "shop.example.com/Order"
    pattern: ["orders/{order}", "shops/{shop}/orders/{order}"]
    style: DECLARATIVE_FRIENDLY
  };
  reserved 4, 6 to 8, 100 to max;
  reserved "old", "older";

  string name = 1; // The name.
  map<string, Item> items = 2;
  optional int32 count = 3;
  repeated double prices = 5 [packed = false];
  oneof kind { // Which.
    option (buf.validate.oneof).required = true;
    // First.
    string a_b_c = 9;
    Nested nested = 10;
  }
  google.protobuf.Timestamp create_time = 11;
  float min = 14 [(buf.validate.field).float = {gt: -1.5e3, lt: inf}];
  bytes b = 16 [(buf.validate.field).bytes.prefix = "\x00\001\a\"'"];
  optional string __weird_name1_2 = 18;

  // Nested.
  message Nested {
    enum Deep {
      option allow_alias = true;
      DEEP_ZERO = 0;
      DEEP_ONE = 1;
      DEEP_UNO = 1 [deprecated = true];
      reserved 5 to 7;
    }
    Deep deep = 1;
    .shop.v1.Order order = 2;
  }
}
// At the end.
"#;

const ITEM: &str = "syntax = 'proto2'; package shop.v1;
import 'google/protobuf/descriptor.proto';
message Item { required int64 n = 1 [default = -5, (label) = 'n']; extensions 100 to max; }
extend google.protobuf.FieldOptions { optional string label = 50001; }
";

fn shop() -> Project {
    Project::new(&[("shop/v1/shop.proto", SHOP), ("shop/v1/item.proto", ITEM)])
}

#[test]
fn protox_output_equals_protoc_output() {
    let project = shop();
    let [protoc, protox] =
        compilers().map(|compiler| compiler.include(project.path("")).file("shop/v1/shop.proto").compile().unwrap());
    let order =
        |compiled: &Compiled| -> Vec<String> { compiled.set.files().iter().map(|file| file.name.clone()).collect() };
    assert_eq!(order(&protoc), order(&protox));
    let mut compared = 0;
    for (protoc, protox) in protoc.set.files().iter().zip(protox.set.files()) {
        // The well-known types are not the user's; each compiler brings its own.
        if !protoc.name.starts_with("google/protobuf/") {
            let readable = |file: &descriptor_set::File| FileDescriptorProto::decode(file.raw.clone()).unwrap();
            assert_eq!(readable(protoc), readable(protox), "{}", protoc.name);
            // Options are in the bytes only.
            assert_eq!(protoc.raw, protox.raw, "{}", protoc.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 8);
}

/// Decoders accept both forms of the option.
#[test]
fn protox_packs_field_behavior() {
    let project = Project::new(&[(
        "a.proto",
        "syntax = 'proto3';
        import 'google/api/field_behavior.proto';
        message A { string s = 1 [(google.api.field_behavior) = REQUIRED, (google.api.field_behavior) = IMMUTABLE]; }",
    )]);
    let [unpacked, packed]: [&[u8]; 2] = [&[0xe0, 0x41, 2, 0xe0, 0x41, 5], &[0xe2, 0x41, 2, 2, 5]];
    for (compiler, expected) in compilers().into_iter().zip([unpacked, packed]) {
        let compiled = compiler.include(project.path("")).file("a.proto").compile().unwrap();
        let raw = &compiled.set.get("a.proto").unwrap().raw;
        assert!(raw.windows(expected.len()).any(|bytes| bytes == expected));
    }
}

/// The plugin is a shell script that saves its stdin.
#[cfg(unix)]
#[test]
fn request_equals_request_of_protoc() {
    use std::os::unix::fs::PermissionsExt;

    #[derive(Clone, PartialEq, prost::Message)]
    struct Request {
        #[prost(string, repeated, tag = "1")]
        file_to_generate: Vec<String>,
        #[prost(string, tag = "2")]
        parameter: String,
        #[prost(bytes = "vec", repeated, tag = "15")]
        proto_file: Vec<Vec<u8>>,
    }

    let project = shop();
    project.write("plugin", "#!/bin/sh\ncat > \"$(dirname \"$0\")/request\"\n");
    fs::set_permissions(project.path("plugin"), fs::Permissions::from_mode(0o755)).unwrap();
    for (name, source) in bundled::FILES.iter().map(|file| (file.name, file.source)) {
        project.write(name, source);
    }
    let compiler = Compiler::new().include(project.path("")).files(["shop/v1/shop.proto", "shop/v1/item.proto"]);
    let compiled = compiler.compile().unwrap();
    let Some(Backend::Protoc(protoc)) = compiled.backend() else {
        panic!("no protoc");
    };
    let status = std::process::Command::new(&protoc.path)
        .arg(format!("--proto_path={}", project.path("").display()))
        .arg(format!("--plugin=protoc-gen-keep={}", project.path("plugin").display()))
        .arg(format!("--keep_out=a=1,b=2:{}", project.path("").display()))
        .args([project.path("shop/v1/shop.proto"), project.path("shop/v1/item.proto")])
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    // protoc fails after the call, because the plugin does not report support for optional fields.
    assert_eq!(status.code(), Some(1));

    let sent = Request::decode(fs::read(project.path("request")).unwrap().as_slice()).unwrap();
    let made = Request::decode(compiled.request("a=1,b=2").as_slice()).unwrap();
    assert_eq!(sent.file_to_generate, made.file_to_generate);
    assert_eq!(sent.parameter, made.parameter);
    assert_eq!(sent.proto_file.len(), made.proto_file.len());
    for (sent, made) in sent.proto_file.iter().zip(&made.proto_file) {
        let name = FileDescriptorProto::decode(sent.as_slice()).unwrap().name.unwrap();
        // Only descriptor.proto has options with source retention, which protoc removes.
        assert!(sent == made || name == "google/protobuf/descriptor.proto", "{name}");
    }
}

#[test]
fn edition_without_protoc_is_error() {
    let project = Project::new(&[
        ("e2023.proto", "\n  edition = '2023';\npackage e;\nmessage E { int32 n = 1; }\n"),
        ("e2024.proto", "edition = '2024';\npackage f;\nimport 'e2023.proto';\nmessage F { e.E e = 1; }\n"),
        ("plain.proto", "syntax = 'proto3';\nimport 'e2023.proto';\n"),
    ]);
    let [protoc, protox] = compilers().map(|compiler| compiler.include(project.path("")));
    let compiled = protoc.files(["e2023.proto", "e2024.proto"]).compile().unwrap();
    assert_eq!(compiled.files_to_generate(), ["e2023.proto", "e2024.proto"]);

    let help = "\n  help: install a newer protoc, and put it on the search path or name it in the environment variable `PROTOC`";
    let listed = protox.clone().files(["e2023.proto", "e2024.proto"]).compile().unwrap_err();
    assert_eq!(
        project.shorten(listed),
        format!(
            "e2023.proto:2:3: error: edition `2023` needs protoc 27 or newer; the compiler in use is protox, in pure Rust{help}
e2024.proto:1:1: error: edition `2024` needs protoc 27 or newer; the compiler in use is protox, in pure Rust{help}"
        )
    );
    let imported = protox.file("plain.proto").compile().unwrap_err();
    assert_eq!(
        project.shorten(imported),
        format!(
            "e2023.proto:2:3: error: edition `2023` needs protoc 27 or newer; the compiler in use is protox, in pure Rust{help}"
        )
    );
}

/// Container images often contain the binary without the folder of the well-known types.
#[test]
fn protoc_without_include_folder_compiles() {
    let project = Project::new(&[(
        "a.proto",
        "syntax = 'proto3'; import 'google/protobuf/timestamp.proto'; message A { google.protobuf.Timestamp t = 1; }",
    )]);
    let Backend::Protoc(protoc) = Compiler::new().backend().unwrap() else {
        panic!("no protoc");
    };
    assert_eq!(protoc.origin, ProtocOrigin::Vendored);
    let bare = project.path("bin").join(protoc.path.file_name().unwrap());
    fs::create_dir(project.path("bin")).unwrap();
    fs::copy(&protoc.path, &bare).unwrap();

    let compiler = Compiler::new().protoc(&bare).include(project.path(""));
    let compiled = compiler.clone().file("a.proto").compile().unwrap();
    assert_eq!(message_names(&compiled, "google/protobuf/timestamp.proto"), ["Timestamp"]);
    let Some(Backend::Protoc(used)) = compiled.backend() else {
        panic!("no protoc");
    };
    assert_eq!((used.origin, used.version), (ProtocOrigin::Selected, protoc.version));

    project.write("b.proto", "syntax = 'proto3';\nimport 'google/protobuf/nothing.proto';\n");
    assert_eq!(
        project.shorten(compiler.file("b.proto").compile().unwrap_err()),
        "b.proto:2:1: error: import `google/protobuf/nothing.proto` was not found
  help: this compiler has no such file; add the include directory of a newer protoc"
    );
}

#[test]
fn byte_order_mark_is_accepted() {
    let project = Project::new(&[("a.proto", "\u{feff}syntax = 'proto3'; message A {}")]);
    for compiler in compilers() {
        let compiled = compiler.file(project.path("a.proto")).compile().unwrap();
        assert_eq!(message_names(&compiled, "a.proto"), ["A"]);
    }
}
