//! Option string: options separated by commas.
//!
//! ```text
//! parameter = [ option ] { "," [ option ] } ;
//! option    = name [ "=" value ] ;
//! ```
//!
//! protoc and buf join options with commas without an escape, and attributes contain commas. A comma inside `()`, `[]`,
//! `{}` or a string literal belongs to the value. `\,` is always a comma.

/// Splits an option string. Blanks around options are removed, and empty options are skipped.
pub(super) fn split(parameter: &str) -> Vec<String> {
    let mut options = vec![String::new()];
    let mut depth = 0usize;
    let mut in_string = false;
    let mut characters = parameter.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escaped_comma = character == '\\' && characters.next_if_eq(&',').is_some();
        // In a string literal, a backslash escapes the next character, so that a quote does not end the string.
        let escaped = if character == '\\' && in_string && !is_escaped_comma { characters.next() } else { None };
        match character {
            ',' if depth == 0 && !in_string => {
                options.push(String::new());
                continue;
            }
            '"' => in_string = !in_string,
            '(' | '[' | '{' if !in_string => depth += 1,
            ')' | ']' | '}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(option) = options.last_mut() {
            option.push(if is_escaped_comma { ',' } else { character });
            option.extend(escaped);
        }
    }
    options.iter().map(|option| option.trim().to_owned()).filter(|option| !option.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn split_ignores_commas_in_values() {
        for (parameter, options) in [
            ("", vec![]),
            ("server=false, client=false,", vec!["server=false", "client=false"]),
            ("type_attribute=.=#[derive(A, B)],server", vec!["type_attribute=.=#[derive(A, B)]", "server"]),
            (r#"field_attribute=.a=#[doc = "x, (y"],server"#, vec![r#"field_attribute=.a=#[doc = "x, (y"]"#, "server"]),
            (r"include_file=a\,b", vec!["include_file=a,b"]),
            (
                r#"field_attribute=.a=#[doc = "x\" \\"],server"#,
                vec![r#"field_attribute=.a=#[doc = "x\" \\"]"#, "server"],
            ),
        ] {
            assert_eq!(split(parameter), options);
        }
    }
}
