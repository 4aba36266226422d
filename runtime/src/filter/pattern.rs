//! What text is compared with: a whole, a beginning, an end, or a part.

/// Text with anything before it, after it, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    Exact(Box<str>),
    Prefix(Box<str>),
    Suffix(Box<str>),
    Contains(Box<str>),
}

/// Why text is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    /// A backslash before something that needs none; where.
    Escape(usize),
    /// A star between other characters; where.
    Star(usize),
}

impl Pattern {
    /// Text that contains the given one.
    pub(super) fn containing(text: Box<str>) -> Self {
        if text.is_empty() { Self::Prefix(text) } else { Self::Contains(text) }
    }

    /// Reads text without quotes, in which a star at either end stands for anything.
    pub(super) fn of_plain(source: &str) -> Result<Self, Malformed> {
        Self::read(source, false)
    }

    /// Reads the inside of quotes: as [`Self::of_plain`], with escapes.
    pub(super) fn of_quoted(source: &str) -> Result<Self, Malformed> {
        Self::read(source, true)
    }

    fn read(source: &str, has_escapes: bool) -> Result<Self, Malformed> {
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
                '\\' if has_escapes => text.push(escaped(characters.next()).ok_or(Malformed::Escape(at))?),
                character => text.push(character),
            }
            if let Some(star) = star {
                return Err(Malformed::Star(star));
            }
        }
        if star.is_some_and(|star| star + 1 < source.len()) {
            // Several stars at the end.
            return Err(Malformed::Star(star.unwrap_or_default()));
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

    /// Whether the text has the whole, the beginning, the end or the part.
    pub(super) fn matches(&self, held: &str) -> bool {
        match self {
            Self::Exact(text) => held == &**text,
            Self::Prefix(text) => held.starts_with(&**text),
            Self::Suffix(text) => held.ends_with(&**text),
            Self::Contains(text) => held.contains(&**text),
        }
    }

    /// The text itself.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) | Self::Suffix(text) | Self::Contains(text) => text,
        }
    }

    /// Writes the pattern as a filter does.
    pub(super) fn write(&self, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
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

/// The inside of quotes with its escapes resolved; stars are stars.
pub(super) fn unescape(source: &str) -> Result<std::borrow::Cow<'_, str>, Malformed> {
    if !source.contains('\\') {
        return Ok(source.into());
    }
    let mut text = String::with_capacity(source.len());
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        text.push(match character {
            '\\' => escaped(characters.next()).ok_or(Malformed::Escape(at))?,
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

/// Writes text as it stands between double quotes, with every star meaning itself.
pub(super) fn write_escaped(text: &str, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
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
