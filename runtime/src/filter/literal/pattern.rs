//! Patterns of text: an exact text, a prefix, a suffix, or a substring.

/// Pattern of text. `*` at either end of a literal matches any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::filter) enum Pattern {
    Exact(Box<str>),
    Prefix(Box<str>),
    Suffix(Box<str>),
    Contains(Box<str>),
}

/// Error of a text that is not a pattern, with the position in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) enum MalformedPattern {
    /// Invalid escape.
    Escape(usize),
    /// Star between other characters.
    Star(usize),
}

impl Pattern {
    /// Creates the pattern of texts that contain a text.
    pub(in crate::filter) fn containing(text: Box<str>) -> Self {
        if text.is_empty() { Self::Prefix(text) } else { Self::Contains(text) }
    }

    /// Parses text without quotes.
    pub(in crate::filter) fn from_plain(source: &str) -> Result<Self, MalformedPattern> {
        Self::parse(source, false)
    }

    /// Parses the text inside of quotes, which can have escapes.
    pub(in crate::filter) fn from_quoted(source: &str) -> Result<Self, MalformedPattern> {
        Self::parse(source, true)
    }

    fn parse(source: &str, has_escapes: bool) -> Result<Self, MalformedPattern> {
        if !source.contains(['*', '\\']) {
            return Ok(Self::Exact(source.into()));
        }
        let (mut text, mut starts_open, mut ends_open) = (String::with_capacity(source.len()), false, false);
        let mut characters = source.char_indices();
        let mut star = None;
        while let Some((at, character)) = characters.next() {
            match character {
                '*' if at == 0 => starts_open = true,
                '*' => {
                    ends_open = true;
                    star = star.or(Some(at));
                    continue;
                }
                '\\' if has_escapes => text.push(escaped(characters.next()).ok_or(MalformedPattern::Escape(at))?),
                character => text.push(character),
            }
            if let Some(star) = star {
                return Err(MalformedPattern::Star(star));
            }
        }
        if star.is_some_and(|star| star + 1 < source.len()) {
            // Several stars at the end.
            return Err(MalformedPattern::Star(star.unwrap_or_default()));
        }
        let text = text.into_boxed_str();
        Ok(match (starts_open, ends_open) {
            (false, false) => Self::Exact(text),
            (false, true) => Self::Prefix(text),
            (true, false) if text.is_empty() => Self::Prefix(text),
            (true, false) => Self::Suffix(text),
            (true, true) => Self::containing(text),
        })
    }

    /// Returns `true` if a text matches.
    pub(in crate::filter) fn matches(&self, value: &str) -> bool {
        match self {
            Self::Exact(text) => value == &**text,
            Self::Prefix(text) => value.starts_with(&**text),
            Self::Suffix(text) => value.ends_with(&**text),
            Self::Contains(text) => value.contains(&**text),
        }
    }

    /// Returns `true` if every text matches.
    pub(in crate::filter) fn matches_all(&self) -> bool {
        self.text().is_empty() && !matches!(self, Self::Exact(_))
    }

    /// Returns the text of the pattern.
    pub(in crate::filter) fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) | Self::Suffix(text) | Self::Contains(text) => text,
        }
    }

    /// Writes the pattern as a quoted literal.
    pub(in crate::filter) fn write(&self, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let (before, after) = match self {
            Self::Exact(_) => ("", ""),
            Self::Prefix(_) => ("", "*"),
            Self::Suffix(_) => ("*", ""),
            Self::Contains(_) => ("*", "*"),
        };
        write!(to, "\"{before}")?;
        write_escaped(self.text(), to)?;
        write!(to, "{after}\"")
    }
}

/// Resolves the escapes of the text inside of quotes. Stars have no meaning.
pub(in crate::filter) fn unescape(source: &str) -> Result<std::borrow::Cow<'_, str>, MalformedPattern> {
    if !source.contains('\\') {
        return Ok(source.into());
    }
    let mut text = String::with_capacity(source.len());
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        text.push(match character {
            '\\' => escaped(characters.next()).ok_or(MalformedPattern::Escape(at))?,
            character => character,
        });
    }
    Ok(text.into())
}

fn escaped(after_backslash: Option<(usize, char)>) -> Option<char> {
    match after_backslash?.1 {
        character @ ('\\' | '"' | '\'' | '*') => Some(character),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    }
}

/// Writes text for use inside of double quotes. Stars are escaped.
pub(in crate::filter) fn write_escaped(text: &str, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
    for character in text.chars() {
        match character {
            '\\' | '"' | '*' => write!(to, "\\{character}")?,
            '\n' => to.write_str("\\n")?,
            '\r' => to.write_str("\\r")?,
            '\t' => to.write_str("\\t")?,
            character => to.write_char(character)?,
        }
    }
    Ok(())
}
