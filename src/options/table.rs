//! Option table: name, values, default, help and parser of each option.

use std::fmt::Write as _;

use super::{Elements, FieldMasks, Options};

/// Option.
pub(super) struct Spec {
    pub(super) name: &'static str,
    /// Syntax of a value, for help and errors.
    pub(super) values: &'static str,
    default: &'static str,
    help: &'static str,
    pub(super) apply: Apply,
}

/// Parser of a value, and the field of [`Options`] that it sets.
pub(super) enum Apply {
    /// `true` or `false`; a bare name is `true`.
    Flag(fn(&mut Options) -> &mut bool),
    /// One of the named values; a bare name is the first.
    Choice(&'static [Choice]),
    /// The name of an output file.
    FileName(fn(&mut Options, String)),
    /// A proto path. Repeatable.
    Path(Elements, fn(&mut Options) -> &mut Vec<String>),
    /// A proto path and a value for the elements that it selects. Repeatable.
    PathValue(Elements, ValueKind, fn(&mut Options) -> &mut Vec<(String, String)>),
}

/// Kind of the value that follows a proto path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// A Rust attribute. A path may have several.
    Attribute,
    /// The domain of a type URL.
    Domain,
    /// The name of a field. The path is that of one method.
    FieldName,
    /// The path of a Rust type or module.
    RustPath,
}

/// Named value, and the function that sets it.
pub(super) type Choice = (&'static str, fn(&mut Options));

pub(super) const TABLE: &[Spec] = &[
    Spec {
        name: "messages",
        values: "true | false",
        default: "true",
        help: "Generate the message structs. With `false` they come from another generator, in the same module or through `extern_path`.",
        apply: Apply::Flag(|options| &mut options.messages),
    },
    Spec {
        name: "server",
        values: "true | false",
        default: "true",
        help: "Generate `<service>_server`: the trait to implement and its tower service.",
        apply: Apply::Flag(|options| &mut options.server),
    },
    Spec {
        name: "client",
        values: "true | false",
        default: "true",
        help: "Generate `<service>_client`.",
        apply: Apply::Flag(|options| &mut options.client),
    },
    Spec {
        name: "descriptor_set",
        values: "true | false",
        default: "false",
        help: "Add `FILE_DESCRIPTOR_SET` to each package: its files and all their imports, for gRPC reflection.",
        apply: Apply::Flag(|options| &mut options.descriptor_set),
    },
    Spec {
        name: "include_file",
        values: "FILE",
        default: "none",
        help: "Also write a file, usually `mod.rs`, that includes all packages as a tree of modules. With buf this needs `strategy: all`.",
        apply: Apply::FileName(|options, name| options.include_file = Some(name)),
    },
    Spec {
        name: "default_package_filename",
        values: "NAME",
        default: "_",
        help: "The file name, without `.rs`, for protos that declare no package.",
        apply: Apply::FileName(|options, name| options.default_package_filename = name),
    },
    Spec {
        name: "extern_path",
        values: ".PROTO_PATH=::RUST_PATH",
        default: "none",
        help: "Use existing Rust types for a package or a type instead of generating them. Repeatable.",
        apply: Apply::PathValue(Elements::AllTypes, ValueKind::RustPath, |options| &mut options.extern_path),
    },
    Spec {
        name: "compile_well_known_types",
        values: "true | false",
        default: "false",
        help: "Generate `google.protobuf` types too, instead of using prost-types.",
        apply: Apply::Flag(|options| &mut options.compile_well_known_types),
    },
    Spec {
        name: "field_mask",
        values: "true | all | false",
        default: "true",
        help: "Describe the fields of the messages that update, create and read requests reach, so that masks work on them (the feature `mask` of the runtime); with `all`, of every message. `false` where neither server nor client is generated.",
        apply: Apply::Choice(&[
            ("true", |options| options.field_mask = Some(FieldMasks::Reached)),
            ("all", |options| options.field_mask = Some(FieldMasks::All)),
            ("false", |options| options.field_mask = Some(FieldMasks::Off)),
        ]),
    },
    Spec {
        name: "field_mask_root",
        values: ".PROTO_PATH",
        default: "none",
        help: "Also describe the fields of the messages at or under the path, and of all that they reach. Repeatable.",
        apply: Apply::Path(Elements::Messages, |options| &mut options.field_mask_root),
    },
    Spec {
        name: "required_fields",
        values: "true | false",
        default: "true",
        help: "Also describe the requests that have `REQUIRED` fields, and the messages in them that do, so that `check_required` works on them. Nothing where `field_mask` is `false`.",
        apply: Apply::Flag(|options| &mut options.required_fields),
    },
    Spec {
        name: "pagination",
        values: "true | false",
        default: "true",
        help: "Recognise the methods that return lists by pages, tokens, offsets or streams, and describe the fields of their requests and items, and of what these hold where a request has `filter` or `order_by` (the features `page`, `order`, `filter` and `pager` of the runtime). `false` where neither server nor client is generated.",
        apply: Apply::Choice(&[
            ("true", |options| options.pagination = Some(true)),
            ("false", |options| options.pagination = Some(false)),
        ]),
    },
    Spec {
        name: "pagination_items",
        values: ".PROTO_PATH.METHOD=FIELD",
        default: "none",
        help: "The method returns a list, and this field of its response holds the items: a repeated field or a map. An error where the method has no other part of a list. Repeatable.",
        apply: Apply::PathValue(Elements::Method, ValueKind::FieldName, |options| &mut options.pagination_items),
    },
    Spec {
        name: "pagination_except",
        values: ".PROTO_PATH",
        default: "none",
        help: "The methods at or under the path return no lists, whatever they look like. Repeatable.",
        apply: Apply::Path(Elements::Methods, |options| &mut options.pagination_except),
    },
    Spec {
        name: "extern_fields",
        values: ".PROTO_PATH",
        default: "none",
        help: "The Rust types that `extern_path` gives for the path are prost's structs of these protos, generated with the same `bytes` and `btree_map`, so masks, orders and filters may go into them. Repeatable.",
        apply: Apply::Path(Elements::ExternTypes, |options| &mut options.extern_fields),
    },
    Spec {
        name: "extern_derives",
        values: ".PROTO_PATH",
        default: "none",
        help: "The Rust types that `extern_path` gives for the path implement `Copy`, `Eq` and `Hash` wherever prost derives these for their protos, so the messages and oneofs that hold them derive them too. Repeatable.",
        apply: Apply::Path(Elements::ExternTypes, |options| &mut options.extern_derives),
    },
    Spec {
        name: "bytes",
        values: ".PROTO_PATH",
        default: "none",
        help: "Use `bytes::Bytes` for `bytes` fields under the path; `.` is everything. Repeatable.",
        apply: Apply::Path(Elements::BytesFields, |options| &mut options.bytes),
    },
    Spec {
        name: "btree_map",
        values: ".PROTO_PATH",
        default: "none",
        help: "Use `BTreeMap` for maps under the path. Repeatable.",
        apply: Apply::Path(Elements::Maps, |options| &mut options.btree_map),
    },
    Spec {
        name: "boxed",
        values: ".PROTO_PATH",
        default: "none",
        help: "Box the singular message fields at or under the path. Recursive fields are boxed without it. Repeatable.",
        apply: Apply::Path(Elements::MessageFields, |options| &mut options.boxed),
    },
    Spec {
        name: "type_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the messages, enums and oneofs under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Items, ValueKind::Attribute, |options| &mut options.attributes.types),
    },
    Spec {
        name: "message_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the messages under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Messages, ValueKind::Attribute, |options| &mut options.attributes.messages),
    },
    Spec {
        name: "enum_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the enums and oneofs under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Enums, ValueKind::Attribute, |options| &mut options.attributes.enums),
    },
    Spec {
        name: "oneof_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the oneofs at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Oneofs, ValueKind::Attribute, |options| &mut options.attributes.oneofs),
    },
    Spec {
        name: "field_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the fields under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Fields, ValueKind::Attribute, |options| &mut options.attributes.fields),
    },
    Spec {
        name: "server_mod_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the modules `<service>_server` of the services at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Services, ValueKind::Attribute, |options| {
            &mut options.attributes.server_modules
        }),
    },
    Spec {
        name: "trait_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the server traits of the services at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Services, ValueKind::Attribute, |options| &mut options.attributes.traits),
    },
    Spec {
        name: "server_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the type aliases `<Service>Server` of the services at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Services, ValueKind::Attribute, |options| &mut options.attributes.servers),
    },
    Spec {
        name: "client_mod_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the modules `<service>_client` of the services at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Services, ValueKind::Attribute, |options| {
            &mut options.attributes.client_modules
        }),
    },
    Spec {
        name: "client_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the structs `<Service>Client` of the services at or under the path. Repeatable.",
        apply: Apply::PathValue(Elements::Services, ValueKind::Attribute, |options| &mut options.attributes.clients),
    },
    Spec {
        name: "disable_comments",
        values: ".PROTO_PATH",
        default: "none",
        help: "Leave out the comments under the path. Repeatable.",
        apply: Apply::Path(Elements::Documented, |options| &mut options.disable_comments),
    },
    Spec {
        name: "skip_debug",
        values: ".PROTO_PATH",
        default: "none",
        help: "Do not derive `Debug` under the path, so that you can write it yourself. Repeatable.",
        apply: Apply::Path(Elements::Types, |options| &mut options.skip_debug),
    },
    Spec {
        name: "enable_type_names",
        values: "true | false",
        default: "false",
        help: "Implement `prost::Name` for the messages: their full names and type URLs, for `prost_types::Any`.",
        apply: Apply::Flag(|options| &mut options.enable_type_names),
    },
    Spec {
        name: "type_name_domain",
        values: ".PROTO_PATH=DOMAIN",
        default: "type.googleapis.com",
        help: "The domain in the type URLs of the messages at or under the path; the longest path wins. Repeatable.",
        apply: Apply::PathValue(Elements::Messages, ValueKind::Domain, |options| &mut options.type_name_domains),
    },
    Spec {
        name: "retain_enum_prefix",
        values: "true | false",
        default: "false",
        help: "Keep the enum's name at the front of its variants.",
        apply: Apply::Flag(|options| &mut options.retain_enum_prefix),
    },
    Spec {
        name: "dump_model",
        values: "true | false",
        default: "false",
        help: "Also write `transom.model.txt`: what the generator knows after each of its passes.",
        apply: Apply::Flag(|options| &mut options.dump_model),
    },
    Spec {
        name: "strict_options",
        values: "true | false",
        default: "false",
        help: "Report an option's path that matches nothing as an error instead of a warning. Each run sees its own files and their imports, so with buf this needs `strategy: all`.",
        apply: Apply::Flag(|options| &mut options.strict),
    },
];

/// Returns the options as text for a terminal.
pub fn help() -> String {
    let mut text = String::new();
    for spec in TABLE {
        let _ = write!(text, "  {}={}\n      {} Default: {}.\n", spec.name, spec.values, spec.help, spec.default);
    }
    text
}

/// Returns the options as the table of the README.
pub fn markdown() -> String {
    let mut text = String::from("| option | values | default | what it does |\n|---|---|---|---|\n");
    for spec in TABLE {
        let values = spec.values.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | `{values}` | `{}` | {} |", spec.name, spec.default, spec.help);
    }
    text
}
