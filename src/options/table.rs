//! The option table: name, values, default, help, and what a value does.

use std::fmt::Write as _;

use super::{Elements, FieldMasks, Options, Selection};
use crate::name::is_proto_identifier;
use crate::nearest::nearest;
use crate::text::is_refused_by_rustc;

/// One option.
struct Spec {
    name: &'static str,
    /// How a value looks, for help and errors.
    values: &'static str,
    default: &'static str,
    help: &'static str,
    apply: Apply,
}

/// How a value is read.
enum Apply {
    /// `true` or `false`; a bare name is `true`.
    Flag(fn(&mut Options) -> &mut bool),
    /// One of the named values; a bare name is the first.
    Choice(&'static [Choice]),
    /// The name of an output file.
    FileName(fn(&mut Options, String)),
    /// A proto path; may be given several times.
    Path(Elements, fn(&mut Options) -> &mut Vec<String>),
    /// The proto path of a method, and a name in its response; may be given several times.
    Field(Elements, fn(&mut Options) -> &mut Vec<(String, String)>),
    /// A proto path and a Rust path; may be given several times.
    RustPath(Elements, fn(&mut Options) -> &mut Vec<(String, String)>),
    /// A proto path and a Rust attribute; may be given several times.
    Attribute(Elements, fn(&mut Options) -> &mut Vec<(String, String)>),
}

/// A named value, and what it sets.
type Choice = (&'static str, fn(&mut Options));

/// Why an option is refused.
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) help: String,
}

const TABLE: &[Spec] = &[
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
        apply: Apply::RustPath(Elements::AllTypes, |options| &mut options.extern_path),
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
        apply: Apply::Field(Elements::Method, |options| &mut options.pagination_items),
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
        apply: Apply::Attribute(Elements::Items, |options| &mut options.attributes.types),
    },
    Spec {
        name: "message_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the messages under the path. Repeatable.",
        apply: Apply::Attribute(Elements::Messages, |options| &mut options.attributes.messages),
    },
    Spec {
        name: "enum_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the enums and oneofs under the path. Repeatable.",
        apply: Apply::Attribute(Elements::Enums, |options| &mut options.attributes.enums),
    },
    Spec {
        name: "field_attribute",
        values: ".PROTO_PATH=#[ATTRIBUTE]",
        default: "none",
        help: "Put an attribute on the fields under the path. Repeatable.",
        apply: Apply::Attribute(Elements::Fields, |options| &mut options.attributes.fields),
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

/// Applies one `name=value` to the options.
pub(super) fn apply(options: &mut Options, text: &str) -> Result<(), Problem> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (text, None),
    };
    let spec = TABLE.iter().find(|spec| spec.name == name).ok_or_else(|| unknown(name))?;
    let refused = || {
        let given = value.map_or_else(|| "has no value".to_owned(), |value| format!("cannot be `{value}`"));
        Problem { message: format!("option `{name}` {given}"), help: format!("write `{name}={}`", spec.values) }
    };
    if value.is_some_and(|value| value.contains(is_refused_by_rustc)) {
        return Err(Problem {
            message: format!("the value of option `{name}` has a bidirectional control character"),
            help: "take it out: rustc refuses code with such characters".to_owned(),
        });
    }
    let select = |options: &mut Options, elements, path: &str| {
        options.selections.push(Selection { option: spec.name, path: path.to_owned(), elements });
    };
    match (&spec.apply, value) {
        (Apply::Flag(field), None | Some("true")) => *field(options) = true,
        (Apply::Flag(field), Some("false")) => *field(options) = false,
        (Apply::Choice(choices), _) => {
            let chosen = value.map_or(choices.first(), |value| choices.iter().find(|(name, _)| *name == value));
            let (_, set) = chosen.ok_or_else(refused)?;
            set(options);
        }
        (Apply::FileName(set), Some(value)) if is_file_name(value) => set(options, value.to_owned()),
        (Apply::Path(elements, field), Some(value)) if is_proto_path_or_dot(value) => {
            field(options).push(value.to_owned());
            select(options, *elements, value);
        }
        (Apply::Field(elements, field), Some(value)) => match value.split_once('=') {
            Some((proto, other)) if is_proto_path(proto) && is_proto_identifier(other) => {
                insert(name, field(options), proto, other)?;
                select(options, *elements, proto);
            }
            _ => return Err(refused()),
        },
        (Apply::RustPath(elements, field), Some(value)) => match value.split_once('=') {
            Some((proto, rust)) if is_proto_path(proto) && is_rust_path(rust) => {
                insert(name, field(options), proto, rust)?;
                select(options, *elements, proto);
            }
            _ => return Err(refused()),
        },
        (Apply::Attribute(elements, field), Some(value)) => match value.split_once('=') {
            Some((proto, attribute)) if is_proto_path_or_dot(proto) && is_attribute(attribute) => {
                field(options).push((proto.to_owned(), attribute.to_owned()));
                select(options, *elements, proto);
            }
            _ => return Err(refused()),
        },
        _ => return Err(refused()),
    }
    Ok(())
}

/// The problem of a name that no option has: the nearest name first, then all of them.
fn unknown(name: &str) -> Problem {
    let names: Vec<&str> = TABLE.iter().map(|spec| spec.name).collect();
    let all = format!("the options are {}", names.join(", "));
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    };
    Problem { message: format!("unknown option `{name}`"), help }
}

/// Keeps a value for a path that has none yet.
fn insert(name: &str, pairs: &mut Vec<(String, String)>, path: &str, value: &str) -> Result<(), Problem> {
    if pairs.iter().any(|(known, _)| known == path) {
        let help = "keep one of them".to_owned();
        return Err(Problem { message: format!("option `{name}` names `{path}` twice"), help });
    }
    pairs.push((path.to_owned(), value.to_owned()));
    Ok(())
}

/// A full name with its leading dot. prost-build refuses others for types that live elsewhere.
fn is_proto_path(path: &str) -> bool {
    path.strip_prefix('.').is_some_and(|path| path.split('.').all(is_proto_identifier))
}

/// What options select by: a full name, or `.` for everything.
fn is_proto_path_or_dot(path: &str) -> bool {
    path == "." || is_proto_path(path)
}

/// A relative path that stays inside the output directory.
fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|character: char| character.is_control() || matches!(character, '\\' | '"'))
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn is_rust_path(path: &str) -> bool {
    syn::parse_str::<syn::Type>(path).is_ok_and(|parsed| matches!(parsed, syn::Type::Path(_) | syn::Type::Tuple(_)))
}

fn is_attribute(text: &str) -> bool {
    use syn::parse::Parser as _;
    syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| !attributes.is_empty())
}

/// The options as a list for a terminal.
pub fn help() -> String {
    let mut text = String::new();
    for spec in TABLE {
        let _ = write!(text, "  {}={}\n      {} Default: {}.\n", spec.name, spec.values, spec.help, spec.default);
    }
    text
}

/// The options as the table of the README.
pub fn markdown() -> String {
    let mut text = String::from("| option | values | default | what it does |\n|---|---|---|---|\n");
    for spec in TABLE {
        let values = spec.values.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | `{values}` | `{}` | {} |", spec.name, spec.default, spec.help);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::*;

    fn errors(parameter: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        Options::parse(parameter, &mut diagnostics);
        diagnostics.finish(&[]).err().unwrap_or_default()
    }

    #[test]
    fn all_bad_options_are_reported_with_what_is_accepted() {
        let text = errors("servr=true,client=maybe,bytes,include_file=../x,type_attribute=.a=derive");
        let help = "did you mean `server`? the options are messages, server, client,";
        assert!(text.contains(&format!("unknown option `servr`\n  help: {help}")), "{text}");
        assert!(text.contains("option `client` cannot be `maybe`\n  help: write `client=true | false`"), "{text}");
        assert!(text.contains("option `bytes` has no value\n  help: write `bytes=.PROTO_PATH`"), "{text}");
        assert!(text.contains("option `include_file` cannot be `../x`"), "{text}");
        assert!(text.contains("option `type_attribute` cannot be `.a=derive`"), "{text}");
    }

    #[test]
    fn option_name_near_none_lists_them_all() {
        assert!(errors("colour=red").contains("unknown option `colour`\n  help: the options are messages,"));
    }

    #[test]
    fn value_with_bidirectional_character_is_refused() {
        for value in ["default_package_filename=a\u{202e}b", "type_attribute=.=#[doc = \"\u{2066}\"]"] {
            let text = errors(value);
            assert!(text.contains("has a bidirectional control character") && text.is_ascii(), "{text}");
        }
    }

    #[test]
    fn good_options_are_kept() {
        let mut diagnostics = Diagnostics::default();
        let options = Options::parse(
            "server=false,descriptor_set,extern_path=.a.b=::c::d,type_attribute=.=#[derive(Eq, Hash)]",
            &mut diagnostics,
        );
        assert_eq!(diagnostics.finish(&[]), Ok(()));
        assert!(!options.server && options.client && options.descriptor_set);
        assert_eq!(options.extern_paths().resolve(".a.b.E").as_deref(), Some("::c::d::E"));
        assert_eq!(options.attributes.types, [(".".to_owned(), "#[derive(Eq, Hash)]".to_owned())]);
    }

    #[test]
    fn a_path_of_a_type_has_only_names_in_it() {
        for path in [".", ".a..b", ".a.", "a.b", ".a.b-c"] {
            assert!(errors(&format!("extern_path={path}=::x")).contains("option `extern_path` cannot be"), "{path}");
        }
        assert_eq!(errors("extern_path=.a.b_c=::x,bytes=.,btree_map=.a"), "");
        assert!(errors("bytes=.a..b").contains("option `bytes` cannot be `.a..b`"));
    }

    #[test]
    fn a_path_given_twice_is_an_error() {
        assert!(errors("extern_path=.a=::b,extern_path=.a=::c").contains("names `.a` twice"));
    }
}
