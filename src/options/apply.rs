//! Parser of one option of the option string.

use super::table::{Apply, TABLE, ValueKind};
use super::{Options, Selection};
use crate::diagnostic::Diagnostic;
use crate::name::is_proto_identifier;
use crate::text::is_refused_by_rustc;
use crate::text::nearest::nearest;

/// Parses `name=value`, and sets the option.
pub(super) fn apply(options: &mut Options, text: &str) -> Result<(), Diagnostic> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (text, None),
    };
    let spec = TABLE.iter().find(|spec| spec.name == name).ok_or_else(|| unknown(name))?;
    let invalid = || {
        let given = value.map_or_else(|| "has no value".to_owned(), |value| format!("cannot be `{value}`"));
        Diagnostic::option(format!("option `{name}` {given}")).help(format!("write `{name}={}`", spec.values))
    };
    if value.is_some_and(|value| value.contains(is_refused_by_rustc)) {
        let message = format!("the value of option `{name}` has a bidirectional control character");
        return Err(Diagnostic::option(message).help("remove it: rustc rejects code with such characters"));
    }
    let select = |options: &mut Options, elements, path: &str| {
        options.selections.push(Selection { option: spec.name, path: path.to_owned(), elements });
    };
    match (&spec.apply, value) {
        (Apply::Flag(field), None | Some("true")) => *field(options) = true,
        (Apply::Flag(field), Some("false")) => *field(options) = false,
        (Apply::Choice(choices), _) => {
            let chosen = value.map_or(choices.first(), |value| choices.iter().find(|(name, _)| *name == value));
            let (_, set) = chosen.ok_or_else(invalid)?;
            set(options);
        }
        (Apply::FileName(set), Some(value)) if is_file_name(value) => set(options, value.to_owned()),
        (Apply::Path(elements, field), Some(value)) if is_proto_path_or_dot(value) => {
            field(options).push(value.to_owned());
            select(options, *elements, value);
        }
        (Apply::PathValue(elements, kind, field), Some(value)) => match value.split_once('=') {
            Some((path, other)) if kind.accepts(path, other) => {
                if insert(field(options), path, other, *kind) == Insertion::Conflict {
                    let message = format!("option `{name}` names `{path}` twice");
                    return Err(Diagnostic::option(message).help("keep one of them"));
                }
                select(options, *elements, path);
            }
            _ => return Err(invalid()),
        },
        _ => return Err(invalid()),
    }
    Ok(())
}

/// Returns the error for an unknown option. The help has the nearest name, then all names.
fn unknown(name: &str) -> Diagnostic {
    let names: Vec<&str> = TABLE.iter().map(|spec| spec.name).collect();
    let all = format!("the options are {}", names.join(", "));
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    };
    Diagnostic::option(format!("unknown option `{name}`")).help(help)
}

/// Result of [`insert`].
#[derive(Debug, PartialEq, Eq)]
enum Insertion {
    Done,
    /// The path has another value.
    Conflict,
}

/// Adds a value for a path. A pair that is present is not added again, because build systems repeat the pairs of shared
/// dependencies.
fn insert(pairs: &mut Vec<(String, String)>, path: &str, value: &str, kind: ValueKind) -> Insertion {
    if kind != ValueKind::Attribute
        && let Some((_, present)) = pairs.iter().find(|(known, _)| known == path)
    {
        return if present == value { Insertion::Done } else { Insertion::Conflict };
    }
    pairs.push((path.to_owned(), value.to_owned()));
    Insertion::Done
}

impl ValueKind {
    /// Returns `true` if the path and the value are valid.
    fn accepts(self, path: &str, value: &str) -> bool {
        match self {
            Self::Attribute => is_proto_path_or_dot(path) && is_attribute(value),
            Self::Domain => is_proto_path_or_dot(path) && is_domain(value),
            Self::FieldName => is_proto_path(path) && is_proto_identifier(value),
            Self::RustPath => is_proto_path(path) && is_rust_path(value),
        }
    }
}

/// Returns `true` for a full name with a leading dot.
fn is_proto_path(path: &str) -> bool {
    path.strip_prefix('.').is_some_and(|path| path.split('.').all(is_proto_identifier))
}

/// Returns `true` for a full name with a leading dot, or `.` for all elements.
fn is_proto_path_or_dot(path: &str) -> bool {
    path == "." || is_proto_path(path)
}

/// Returns `true` for a relative path in the output directory.
fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|character: char| character.is_control() || matches!(character, '\\' | '"'))
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Returns `true` for a host name, with or without a path, without the `/` before the name of the type.
fn is_domain(domain: &str) -> bool {
    let is_domain_character = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '/' | '~');
    domain.chars().all(is_domain_character) && !domain.ends_with('/')
}

fn is_rust_path(path: &str) -> bool {
    syn::parse_str::<syn::Type>(path).is_ok_and(|parsed| matches!(parsed, syn::Type::Path(_) | syn::Type::Tuple(_)))
}

fn is_attribute(text: &str) -> bool {
    use syn::parse::Parser as _;
    syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| !attributes.is_empty())
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
    fn parse_reports_all_errors_with_accepted_values() {
        let text = errors("servr=true,client=maybe,bytes,include_file=../x,type_attribute=.a=derive");
        let help = "did you mean `server`? the options are messages, server, client,";
        assert!(text.contains(&format!("unknown option `servr`\n  help: {help}")), "{text}");
        assert!(text.contains("option `client` cannot be `maybe`\n  help: write `client=true | false`"), "{text}");
        assert!(text.contains("option `bytes` has no value\n  help: write `bytes=.PROTO_PATH`"), "{text}");
        assert!(text.contains("option `include_file` cannot be `../x`"), "{text}");
        assert!(text.contains("option `type_attribute` cannot be `.a=derive`"), "{text}");
    }

    #[test]
    fn unknown_option_without_near_name_lists_all_names() {
        assert!(errors("colour=red").contains("unknown option `colour`\n  help: the options are messages,"));
    }

    #[test]
    fn value_with_bidirectional_character_is_error() {
        for value in ["default_package_filename=a\u{202e}b", "type_attribute=.=#[doc = \"\u{2066}\"]"] {
            let text = errors(value);
            assert!(text.contains("has a bidirectional control character") && text.is_ascii(), "{text}");
        }
    }

    #[test]
    fn parse_sets_options() {
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
    fn proto_path_has_only_identifiers() {
        for path in [".", ".a..b", ".a.", "a.b", ".a.b-c"] {
            assert!(errors(&format!("extern_path={path}=::x")).contains("option `extern_path` cannot be"), "{path}");
        }
        assert_eq!(errors("extern_path=.a.b_c=::x,bytes=.,btree_map=.a"), "");
        assert!(errors("bytes=.a..b").contains("option `bytes` cannot be `.a..b`"));
    }

    #[test]
    fn type_name_domain_of_longest_path_wins() {
        let mut diagnostics = Diagnostics::default();
        let text = "enable_type_names,type_name_domain=.a=a.example,type_name_domain=.a.b.C=c.example/v1";
        let options = Options::parse(text, &mut diagnostics);
        assert_eq!(diagnostics.finish(&[]), Ok(()));
        assert!(options.enable_type_names);
        assert_eq!(options.type_name_domain(".a.D"), "a.example");
        assert_eq!(options.type_name_domain(".a.b.C.E"), "c.example/v1");
        assert_eq!(options.type_name_domain(".x.Y"), "type.googleapis.com");
        assert!(errors("type_name_domain=.=a b").contains("option `type_name_domain` cannot be `.=a b`"));
    }

    #[test]
    fn flag_without_value_is_true() {
        let options = Options::parse("compile_well_known_types", &mut Diagnostics::default());
        assert!(options.compile_well_known_types);
    }

    #[test]
    fn path_with_two_values_is_error() {
        assert_eq!(errors("extern_path=.a=::b,extern_path=.a=::b"), "");
        assert!(errors("extern_path=.a=::b,extern_path=.a=::c").contains("names `.a` twice"));
    }
}
