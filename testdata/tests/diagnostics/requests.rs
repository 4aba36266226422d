//! Requests with errors that a case folder cannot contain, mostly because protoc reports them too.

use prost::Message;
use prost_types::compiler::CodeGeneratorRequest;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{
    DescriptorProto, EnumDescriptorProto, EnumValueDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    FileOptions, MessageOptions, MethodDescriptorProto, ServiceDescriptorProto,
};

/// Text that [`replaced`] replaces in encoded requests.
const PLACEHOLDER: &str = "placeholder";

/// Returns the requests with their names.
pub(crate) fn requests() -> Vec<(&'static str, Vec<u8>)> {
    let mut requests: Vec<_> = CHANGES.iter().map(|(name, change)| (*name, changed(*change))).collect();
    let not_utf8 = [0xff; PLACEHOLDER.len()];
    requests.push(("json_name_not_utf8", replaced(changed(set_json_name), PLACEHOLDER.as_bytes(), &not_utf8)));
    requests.push(("default_not_utf8", replaced(changed(set_string_default), PLACEHOLDER.as_bytes(), &not_utf8)));
    // `java_package` has the tag 0x0a. Wire type 7 does not exist.
    let length = u8::try_from(PLACEHOLDER.len()).unwrap();
    requests.push(("options_not_valid", replaced(changed(set_options), &[0x0a, length], &[0x0f, length])));
    requests.push(("file_twice", request("", &[file(), file()], &["a.proto"])));
    requests.push(("tree_without_import", tree_without_import()));
    requests.push(("too_many_tables", too_many_tables()));
    requests
}

/// Change of the file of [`file`].
type Change = fn(&mut FileDescriptorProto);

const CHANGES: [(&str, Change); 17] = [
    ("file_name_with_control_character", |file| file.name = Some("a\u{7}.proto".to_owned())),
    ("syntax_unknown", |file| file.syntax = Some("proto4".to_owned())),
    ("package_not_identifiers", |file| file.package = Some("a-b".to_owned())),
    ("message_name_not_identifier", |file| file.message_type[1].name = Some("N-".to_owned())),
    ("field_number_zero", |file| field(file).number = Some(0)),
    ("field_number_twice", |file| field(file).number = Some(2)),
    ("oneof_unknown", |file| field(file).oneof_index = Some(5)),
    ("enum_without_values", |file| file.enum_type[0].value.clear()),
    ("type_twice", |file| file.message_type[1].name = Some("M".to_owned())),
    ("field_type_unknown", |file| field(file).r#type = Some(99)),
    ("field_type_missing", |file| set_type(file, Type::Message, ".a.Missing")),
    ("field_type_of_other_kind", |file| set_type(file, Type::Enum, ".a.M")),
    ("default_not_number", |file| {
        field(file).r#type = Some(Type::Int32.into());
        set_default(file, "x");
    }),
    ("default_not_value_of_enum", |file| {
        set_type(file, Type::Enum, ".a.E");
        set_default(file, "MISSING");
    }),
    ("import_missing", |file| file.dependency.push("missing.proto".to_owned())),
    ("method_type_missing", |file| file.service[0].method[0].input_type = Some(".a.Missing".to_owned())),
    ("map_entry_without_map", |file| {
        file.message_type[1].options = Some(MessageOptions { map_entry: Some(true), ..MessageOptions::default() });
    }),
];

/// Returns a valid file with two messages, an enum and a service.
fn file() -> FileDescriptorProto {
    let string = |name: &str, number| FieldDescriptorProto {
        name: Some(name.to_owned()),
        number: Some(number),
        label: Some(Label::Optional.into()),
        r#type: Some(Type::String.into()),
        ..FieldDescriptorProto::default()
    };
    FileDescriptorProto {
        name: Some("a.proto".to_owned()),
        package: Some("a".to_owned()),
        message_type: vec![message("M", vec![string("first", 1), string("second", 2)]), message("N", Vec::new())],
        enum_type: vec![EnumDescriptorProto {
            name: Some("E".to_owned()),
            value: vec![EnumValueDescriptorProto { name: Some("ZERO".to_owned()), number: Some(0), options: None }],
            ..EnumDescriptorProto::default()
        }],
        service: vec![ServiceDescriptorProto {
            name: Some("S".to_owned()),
            method: vec![MethodDescriptorProto {
                name: Some("Get".to_owned()),
                input_type: Some(".a.M".to_owned()),
                output_type: Some(".a.M".to_owned()),
                ..MethodDescriptorProto::default()
            }],
            options: None,
        }],
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    }
}

fn message(name: &str, field: Vec<FieldDescriptorProto>) -> DescriptorProto {
    DescriptorProto { name: Some(name.to_owned()), field, ..DescriptorProto::default() }
}

/// Returns the first field of the first message.
fn field(file: &mut FileDescriptorProto) -> &mut FieldDescriptorProto {
    &mut file.message_type[0].field[0]
}

fn set_type(file: &mut FileDescriptorProto, r#type: Type, type_name: &str) {
    field(file).r#type = Some(r#type.into());
    field(file).type_name = Some(type_name.to_owned());
}

fn set_default(file: &mut FileDescriptorProto, default: &str) {
    file.syntax = Some("proto2".to_owned());
    field(file).default_value = Some(default.to_owned());
}

fn set_string_default(file: &mut FileDescriptorProto) {
    set_default(file, PLACEHOLDER);
}

fn set_json_name(file: &mut FileDescriptorProto) {
    field(file).json_name = Some(PLACEHOLDER.to_owned());
}

fn set_options(file: &mut FileDescriptorProto) {
    file.options = Some(FileOptions { java_package: Some(PLACEHOLDER.to_owned()), ..FileOptions::default() });
}

/// Encodes a request for some of the files.
fn request(parameter: &str, files: &[FileDescriptorProto], generate: &[&str]) -> Vec<u8> {
    CodeGeneratorRequest {
        file_to_generate: generate.iter().map(|&name| name.to_owned()).collect(),
        parameter: Some(parameter.to_owned()),
        proto_file: files.to_vec(),
        compiler_version: None,
    }
    .encode_to_vec()
}

/// Encodes a request for the changed file.
fn changed(change: Change) -> Vec<u8> {
    let mut file = file();
    change(&mut file);
    request("", std::slice::from_ref(&file), &[file.name()])
}

/// Replaces the first occurrence of `from` by bytes of the same length.
fn replaced(mut request: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let start = request.windows(from.len()).position(|bytes| bytes == from).expect("the request has the placeholder");
    request[start..start + to.len()].copy_from_slice(to);
    request
}

/// Returns a request for a module tree that lacks a file with a used type.
fn tree_without_import() -> Vec<u8> {
    let mut user = FileDescriptorProto {
        name: Some("user.proto".to_owned()),
        package: Some("user".to_owned()),
        dependency: vec!["a.proto".to_owned()],
        message_type: file().message_type,
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    };
    set_type(&mut user, Type::Message, ".a.M");
    request("include_file=mod.rs", &[file(), user], &["user.proto"])
}

/// Returns a request for many packages that all describe a large message of another package.
fn too_many_tables() -> Vec<u8> {
    const FIELDS: i32 = 1000;
    const PACKAGES: usize = 40;
    let mut large = file();
    let first = field(&mut large).clone();
    let fields = (1..=FIELDS).map(|number| FieldDescriptorProto {
        name: Some(format!("field{number}")),
        number: Some(number),
        ..first.clone()
    });
    large.message_type[0].field = fields.collect();
    let mut files = vec![large];
    for number in 0..PACKAGES {
        let mut user = file();
        user.name = Some(format!("user{number}.proto"));
        user.package = Some(format!("user{number}"));
        user.dependency = vec!["a.proto".to_owned()];
        user.service.clear();
        set_type(&mut user, Type::Message, ".a.M");
        files.push(user);
    }
    let names: Vec<&str> = files.iter().map(FileDescriptorProto::name).collect();
    request("field_mask=all", &files, &names)
}
