//! One option of the parameter, checked and put into the options.

use super::table::{Apply, TABLE};
use super::{Options, Selection};
use crate::name::is_proto_identifier;
use crate::text::is_refused_by_rustc;
use crate::text::nearest::nearest;

/// Why an option is refused.
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) help: String,
}

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
