//! What the parser makes of a filter's text, before anything is known of the resource. All of it borrows the text.

use smallvec::SmallVec;

/// Restrictions and how they are combined.
#[derive(Debug)]
pub(super) enum Node<'t> {
    /// All of them hold: `AND`, or a sequence.
    All(Vec<Node<'t>>),
    /// One of them holds: `OR`.
    Any(Vec<Node<'t>>),
    /// It does not hold: `NOT` or `-`.
    Not(Box<Node<'t>>),
    /// One comparison, or one bare value.
    Restriction(Restriction<'t>),
}

impl Node<'_> {
    /// Whether it is the filter `*`, which everything matches (AIP-165).
    pub(super) fn is_everything(&self) -> bool {
        match self {
            Self::Restriction(Restriction { left: Comparable::Member(member), comparison: None }) => {
                matches!(member.parts.as_slice(), [Part { text: "*", is_quoted: false, .. }])
            }
            _ => false,
        }
    }
}

/// `comparable [ comparator argument ]`
#[derive(Debug)]
pub(super) struct Restriction<'t> {
    pub(super) left: Comparable<'t>,
    pub(super) comparison: Option<Comparison<'t>>,
}

#[derive(Debug)]
pub(super) struct Comparison<'t> {
    pub(super) comparator: Comparator,
    /// Where the comparator stands.
    pub(super) at: usize,
    pub(super) argument: Argument<'t>,
}

/// What can stand on the left.
#[derive(Debug)]
pub(super) enum Comparable<'t> {
    Member(Member<'t>),
    Call(Call<'t>),
}

/// Names or values, joined with dots.
#[derive(Debug, Clone)]
pub(super) struct Member<'t> {
    pub(super) parts: SmallVec<[Part<'t>; 3]>,
    /// As it is written.
    pub(super) source: &'t str,
}

/// One piece of a member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) at: usize,
    /// Without the quotes, with the escapes.
    pub(super) text: &'t str,
    pub(super) is_quoted: bool,
}

/// A function and what it is called with.
#[derive(Debug)]
pub(super) struct Call<'t> {
    pub(super) at: usize,
    pub(super) name: &'t str,
    pub(super) arguments: Vec<Argument<'t>>,
}

/// What can stand on the right, or be given to a function.
#[derive(Debug)]
pub(super) enum Argument<'t> {
    /// Text without quotes: a number, a name, a word, a timestamp.
    Plain { at: usize, text: &'t str },
    /// Text that stood in quotes, with its escapes.
    Quoted { at: usize, text: &'t str },
    /// Names joined with dots, some of them in quotes: `labels."a b"`. No value has this form.
    Path(Box<Member<'t>>),
    /// The result of a function.
    Call(Call<'t>),
    /// Several values, combined.
    Composite { at: usize, node: Box<Node<'t>> },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    NotEqual,
    Equal,
    Has,
}

impl Comparator {
    /// The comparator as it is written.
    pub(super) const fn as_str(self) -> &'static str {
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
    /// Where it begins.
    pub(super) fn at(&self) -> usize {
        match self {
            Self::Plain { at, .. } | Self::Quoted { at, .. } | Self::Composite { at, .. } => *at,
            Self::Path(member) => member.at(),
            Self::Call(call) => call.at,
        }
    }
}

impl Comparable<'_> {
    /// Where it begins.
    pub(super) fn at(&self) -> usize {
        match self {
            Self::Member(member) => member.at(),
            Self::Call(call) => call.at,
        }
    }
}

impl Member<'_> {
    /// Position of the first part.
    pub(super) fn at(&self) -> usize {
        self.parts.first().map_or(0, |part| part.at)
    }

    /// Position of the first part in quotes, or of the member.
    pub(super) fn quoted_at(&self) -> usize {
        self.parts.iter().find(|part| part.is_quoted).map_or(self.at(), |part| part.at)
    }
}
