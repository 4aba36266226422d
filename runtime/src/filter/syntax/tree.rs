//! Syntax tree of a filter. It borrows the text.

use smallvec::SmallVec;

/// Node of the syntax tree.
#[derive(Debug)]
pub(in crate::filter) enum Node<'t> {
    /// Conjunction: `AND`, or a sequence.
    All(Vec<Node<'t>>),
    /// Disjunction: `OR`.
    Any(Vec<Node<'t>>),
    /// Negation: `NOT` or `-`.
    Not(Box<Node<'t>>),
    /// Comparison, or a value without a comparator.
    Restriction(Restriction<'t>),
}

impl Node<'_> {
    /// Returns `true` for the filter `*`, which matches everything (AIP-165).
    pub(in crate::filter) fn is_everything(&self) -> bool {
        match self {
            Self::Restriction(Restriction { left: Comparable::Member(member), comparison: None }) => {
                matches!(member.parts.as_slice(), [Part { text: "*", is_quoted: false, .. }])
            }
            _ => false,
        }
    }
}

/// Restriction: `comparable [ comparator argument ]`.
#[derive(Debug)]
pub(in crate::filter) struct Restriction<'t> {
    pub(in crate::filter) left: Comparable<'t>,
    pub(in crate::filter) comparison: Option<Comparison<'t>>,
}

/// Right-hand side of a restriction.
#[derive(Debug)]
pub(in crate::filter) struct Comparison<'t> {
    pub(in crate::filter) comparator: Comparator,
    /// Position of the comparator.
    pub(in crate::filter) at: usize,
    pub(in crate::filter) argument: Argument<'t>,
}

/// Left-hand side of a restriction.
#[derive(Debug)]
pub(in crate::filter) enum Comparable<'t> {
    Member(Member<'t>),
    Call(Call<'t>),
}

/// Names or values, joined with dots.
#[derive(Debug, Clone)]
pub(in crate::filter) struct Member<'t> {
    pub(in crate::filter) parts: SmallVec<[Part<'t>; 3]>,
    /// Source text.
    pub(in crate::filter) source: &'t str,
}

/// Name or value of a [`Member`].
#[derive(Debug, Clone, Copy)]
pub(in crate::filter) struct Part<'t> {
    pub(in crate::filter) at: usize,
    /// Text without the quotes. Escapes are not resolved.
    pub(in crate::filter) text: &'t str,
    pub(in crate::filter) is_quoted: bool,
}

/// Call of a function.
#[derive(Debug)]
pub(in crate::filter) struct Call<'t> {
    pub(in crate::filter) at: usize,
    pub(in crate::filter) name: &'t str,
    pub(in crate::filter) arguments: Vec<Argument<'t>>,
}

/// Argument of a comparator or of a function.
#[derive(Debug)]
pub(in crate::filter) enum Argument<'t> {
    /// Text without quotes: a number, a name, a word, a timestamp.
    Plain { at: usize, text: &'t str },
    /// Text inside of quotes. Escapes are not resolved.
    Quoted { at: usize, text: &'t str },
    /// Names joined with dots, with at least one in quotes: `labels."a b"`. It is never a value.
    Path(Box<Member<'t>>),
    /// Call of a function.
    Call(Call<'t>),
    /// Values in parentheses.
    Composite { at: usize, node: Box<Node<'t>> },
}

/// Comparator of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) enum Comparator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    NotEqual,
    Equal,
    Has,
}

impl Comparator {
    /// Returns the comparator as text.
    pub(in crate::filter) const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::NotEqual => "!=",
            Self::Equal => "=",
            Self::Has => ":",
        }
    }
}

impl Argument<'_> {
    /// Returns the position of the start.
    pub(in crate::filter) fn at(&self) -> usize {
        match self {
            Self::Plain { at, .. } | Self::Quoted { at, .. } | Self::Composite { at, .. } => *at,
            Self::Path(member) => member.at(),
            Self::Call(call) => call.at,
        }
    }
}

impl Comparable<'_> {
    /// Returns the position of the start.
    pub(in crate::filter) fn at(&self) -> usize {
        match self {
            Self::Member(member) => member.at(),
            Self::Call(call) => call.at,
        }
    }
}

impl Member<'_> {
    /// Returns the position of the first part.
    pub(in crate::filter) fn at(&self) -> usize {
        self.parts.first().map_or(0, |part| part.at)
    }

    /// Returns the position of the first part in quotes, or of the member.
    pub(in crate::filter) fn quoted_at(&self) -> usize {
        self.parts.iter().find(|part| part.is_quoted).map_or(self.at(), |part| part.at)
    }
}
