//! `google.api.field_behavior`: what a client and a server may do with a field (AIP-203).

/// A value of `google.api.FieldBehavior`; the discriminant is its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behavior {
    Optional = 1,
    Required = 2,
    OutputOnly = 3,
    InputOnly = 4,
    Immutable = 5,
    UnorderedList = 6,
    NonEmptyDefault = 7,
    Identifier = 8,
}

impl Behavior {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 8] = [
        Self::Optional,
        Self::Required,
        Self::OutputOnly,
        Self::InputOnly,
        Self::Immutable,
        Self::UnorderedList,
        Self::NonEmptyDefault,
        Self::Identifier,
    ];

    /// The name in the proto, which is the runtime's as well.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Optional => "OPTIONAL",
            Self::Required => "REQUIRED",
            Self::OutputOnly => "OUTPUT_ONLY",
            Self::InputOnly => "INPUT_ONLY",
            Self::Immutable => "IMMUTABLE",
            Self::UnorderedList => "UNORDERED_LIST",
            Self::NonEmptyDefault => "NON_EMPTY_DEFAULT",
            Self::Identifier => "IDENTIFIER",
        }
    }
}

/// A set of behaviors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Behaviors(u16);

impl Behaviors {
    /// Adds the behavior with this number; the unspecified one and those of the future mean nothing here.
    pub(crate) fn add(&mut self, number: i32) {
        if let Some(behavior) = Behavior::ALL.into_iter().find(|&behavior| behavior as i32 == number) {
            self.0 |= 1 << behavior as u16;
        }
    }

    /// Adds a whole set; says whether that added any.
    pub(crate) fn extend(&mut self, other: Self) -> bool {
        let before = *self;
        self.0 |= other.0;
        *self != before
    }

    /// Whether a behavior is a member.
    pub(crate) fn contains(self, behavior: Behavior) -> bool {
        self.0 & (1 << behavior as u16) != 0
    }

    /// The members in the order of their numbers.
    pub(crate) fn iter(self) -> impl Iterator<Item = Behavior> {
        Behavior::ALL.into_iter().filter(move |&behavior| self.contains(behavior))
    }
}
