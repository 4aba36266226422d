//! Names: the one in the proto and the one in Rust, always together.
//!
//! The rules are prost-build's (heck's casing, raw identifiers, a trailing `_` for the keywords that cannot be raw),
//! because services must name the messages that prost-build writes. Clashes are found in [`crate::resolve`].

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Name of an element in the proto and in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As written, for example `GetHTTPUser`.
    pub(crate) proto: String,
    /// The identifier, for example `get_http_user` for a method.
    pub(crate) rust: String,
}

impl Name {
    /// The name of a message, an enum, a service, a oneof's enum or a oneof's variant.
    pub(crate) fn of_type(proto: &str) -> Self {
        Self { proto: proto.to_owned(), rust: to_upper_camel(proto) }
    }

    /// The name of a field, a method or a module.
    pub(crate) fn of_value(proto: &str) -> Self {
        Self { proto: proto.to_owned(), rust: to_snake(proto) }
    }

    /// Whether the identifier is a raw one, such as `r#type`.
    pub(crate) fn is_raw(&self) -> bool {
        self.rust.starts_with("r#")
    }
}

/// A type's identifier.
pub(crate) fn to_upper_camel(proto: &str) -> String {
    escape_keyword(proto.to_upper_camel_case())
}

/// A field's, a method's or a module's identifier.
pub(crate) fn to_snake(proto: &str) -> String {
    escape_keyword(proto.to_snake_case())
}

/// An enum value's identifier: the enum's own name is taken off its front, where a capital letter follows it.
pub(crate) fn enum_variant(enum_rust: &str, value_proto: &str, retain_prefix: bool) -> String {
    let camel = to_upper_camel(value_proto);
    if retain_prefix {
        return camel;
    }
    match camel.strip_prefix(enum_rust) {
        Some(rest) if rest.chars().next().is_some_and(char::is_uppercase) => escape_keyword(rest.to_owned()),
        _ => escape_keyword(camel),
    }
}

/// The constant for a field's path: the field's name in capitals. One that would begin with a digit has `FIELD_` before
/// it, because with a mere underscore it could be the name of a method.
pub(crate) fn constant(field_proto: &str) -> String {
    let constant = field_proto.to_shouty_snake_case();
    if constant.starts_with(|first: char| first.is_ascii_digit()) { format!("FIELD_{constant}") } else { constant }
}

/// Module of a package with the tables of messages of other packages.
pub(crate) const FOREIGN_FIELDS: &str = "foreign_fields";

/// Modules in [`FOREIGN_FIELDS`], and the name in them, of the proxy type of a message.
pub(crate) fn proxy_type(full_name: &str) -> (Vec<String>, String) {
    let mut modules: Vec<&str> = full_name.trim_start_matches('.').split('.').collect();
    let name = modules.pop().map(to_upper_camel).unwrap_or_default();
    (modules.into_iter().map(to_snake).collect(), name)
}

/// The module of one side of a service, `user_service_server` for the suffix `server`: with something behind it, no name
/// needs the escape of a keyword.
pub(crate) fn service_module(service_proto: &str, suffix: &str) -> String {
    format!("{}_{suffix}", unraw(&to_snake(service_proto)).trim_end_matches('_'))
}

/// The start of a service's composed names, `UserService` in `UserServiceServer`: `Self` needs no escape there.
pub(crate) fn service_stem(service_proto: &str) -> String {
    to_upper_camel(service_proto).trim_end_matches('_').to_owned()
}

/// An identifier without the `r#` of a raw one: the form for composed names such as `set_type`.
pub(crate) fn unraw(identifier: &str) -> &str {
    identifier.strip_prefix("r#").unwrap_or(identifier)
}

/// Whether this is an identifier of the protobuf language (`letter { letter | digit | "_" }`, `_` allowed first).
pub(crate) fn is_proto_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| character.is_ascii_alphanumeric() || character == '_')
}

fn escape_keyword(identifier: String) -> String {
    match identifier.as_str() {
        "as" | "break" | "const" | "continue" | "else" | "enum" | "false" | "fn" | "for" | "if" | "impl" | "in"
        | "let" | "loop" | "match" | "mod" | "move" | "mut" | "pub" | "ref" | "return" | "static" | "struct"
        | "trait" | "true" | "type" | "unsafe" | "use" | "where" | "while" | "dyn" | "abstract" | "become" | "box"
        | "do" | "final" | "macro" | "override" | "priv" | "typeof" | "unsized" | "virtual" | "yield" | "async"
        | "await" | "try" | "gen" => format!("r#{identifier}"),
        // These cannot be raw identifiers.
        "_" | "super" | "self" | "Self" | "extern" | "crate" => format!("{identifier}_"),
        // Casing drops a leading underscore, so `_1` would start with its digit.
        digit if digit.starts_with(|first: char| first.is_numeric()) => format!("_{identifier}"),
        _ => identifier,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_and_digits_become_identifiers() {
        for (proto, snake, camel) in [
            ("type", "r#type", "Type"),
            ("Self", "self_", "Self_"),
            ("_1", "_1", "_1"),
            ("GetOAuthUrl", "get_o_auth_url", "GetOAuthUrl"),
            ("HTTPGet", "http_get", "HttpGet"),
        ] {
            assert_eq!((to_snake(proto).as_str(), to_upper_camel(proto).as_str()), (snake, camel));
        }
    }

    #[test]
    fn constants_are_capitals_that_no_method_has() {
        for (proto, expected) in [("user_id", "USER_ID"), ("type", "TYPE"), ("self", "SELF"), ("_1", "FIELD_1")] {
            assert_eq!(constant(proto), expected);
        }
        assert_eq!(constant("HTTPUrl2"), "HTTP_URL2");
    }

    #[test]
    fn an_enum_prefix_is_stripped_only_before_a_capital() {
        assert_eq!(enum_variant("UserStatus", "USER_STATUS_ACTIVE", false), "Active");
        assert_eq!(enum_variant("Foo", "FOOBAR", false), "Foobar");
        assert_eq!(enum_variant("Foo", "FOO_SELF", false), "Self_");
        assert_eq!(enum_variant("Foo", "FOO_1", false), "Foo1");
        assert_eq!(enum_variant("UserStatus", "USER_STATUS_ACTIVE", true), "UserStatusActive");
    }
}
