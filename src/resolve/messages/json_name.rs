//! Names of fields in JSON.

/// Returns the JSON name that protoc gives a field (`ToJsonName`): underscores are removed, and the characters after them
/// are in upper case. Example: `foo_bar` becomes `fooBar`.
pub(super) fn json_name(proto: &str) -> String {
    let mut name = String::with_capacity(proto.len());
    let mut is_start = false;
    for character in proto.chars() {
        match character {
            '_' => is_start = true,
            _ if is_start => {
                name.push(character.to_ascii_uppercase());
                is_start = false;
            }
            _ => name.push(character),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_name_equals_that_of_protoc() {
        for (proto, json) in
            [("foo_bar", "fooBar"), ("_foo", "Foo"), ("foo__3", "foo3"), ("FooBar", "FooBar"), ("foo_", "foo")]
        {
            assert_eq!(json_name(proto), json);
        }
    }
}
