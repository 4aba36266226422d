//! What a mask may look like, and what applying it means.

/// What is accepted as a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOptions {
    /// Selection of a mask without paths. Update requests have [`ApplyOptions::empty`] instead.
    pub empty: EmptySelection,
    /// Which names fields go by.
    pub names: Names,
    /// What happens to a path that leads nowhere.
    pub unknown: Unknown,
    /// What `*` as a path of its own may stand beside.
    pub star: Star,
    /// Whether `*` may stand for every element of a list or every value of a map, with more behind it:
    /// `authors.*.given_name`.
    pub wildcards: bool,
    /// Whether a path may go into the elements of a list without a `*`: `authors.given_name`.
    pub implicit_items: bool,
    /// Whether a path may name keys of a map.
    pub map_keys: bool,
    /// Whether a path may go into a `google.protobuf.Struct` by its keys alone, `labels.a.b` for
    /// ``labels.fields.a.struct_value.fields.b``, as JSON gateways write it.
    pub struct_keys: bool,
    /// How many paths there may be.
    pub max_paths: usize,
    /// How long a path may be.
    pub max_path_bytes: usize,
    /// Maximum number of segments of a path, in the form in which [`Mask::paths`](super::Mask::paths) writes it. Values
    /// above [`MAX_DEPTH`](Self::MAX_DEPTH) have the same effect as that.
    pub max_depth: usize,
}

/// Selection of a mask without paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptySelection {
    /// No field.
    Nothing,
    /// Every field: AIP-157 calls for this where a read request has no mask.
    Everything,
}

/// Which names fields go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Names {
    /// The proto's: `given_name`.
    Proto,
    /// The proto's, and those of JSON: `givenName`.
    ProtoOrJson,
}

/// What happens to a path that leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The mask is refused.
    Refuse,
    /// The path is ignored.
    Ignore,
}

/// What `*` as a path of its own may stand beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Star {
    /// Nothing: a request that names fields beside it contradicts itself.
    Alone,
    /// Any path: it contains them all.
    Absorbs,
    /// There is no such path.
    Unknown,
}

/// How the values of a mask are carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyOptions {
    /// What a message does that is selected whole.
    pub messages: Messages,
    /// What a list or a map does that is selected whole.
    pub lists: Lists,
    /// Whether `google.api.field_behavior` counts.
    pub behaviors: Behaviors,
    /// What a mask without paths means, or none.
    pub empty: EmptyMask,
}

/// What a message does that is selected whole and set in the source.
///
/// Timestamps, durations, wrappers and `Any` are messages too: under [`Merge`](Self::Merge) the fields of the value that
/// the source has set replace those that are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Messages {
    /// It becomes the source's; without one there it is cleared.
    Replace,
    /// What the source has set is merged in; without one there it stays.
    Merge,
}

/// What a list or a map does that a path selects. Those inside of a merged message are always added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lists {
    /// It becomes the source's.
    Replace,
    /// The source's elements are added; entries of a map replace those of the same key.
    Append,
}

/// Whether `google.api.field_behavior` counts (AIP-203).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behaviors {
    /// `OUTPUT_ONLY` and `IDENTIFIER` fields keep what is stored, a changed `IMMUTABLE` field is refused, and so is a
    /// `REQUIRED` field that would be left empty.
    Honor,
    /// All fields are alike.
    Ignore,
}

/// What a mask without paths means, or none (AIP-134 calls for the first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptyMask {
    /// All fields that the source has set, so nothing is ever cleared.
    Populated,
    /// Nothing is updated.
    Nothing,
    /// The request is refused.
    Refuse,
}

impl ParseOptions {
    /// Limit of [`max_depth`](Self::max_depth) that no option can raise. Some operations on masks are recursive, so it
    /// bounds their stack. prost decodes no message that is nested deeper than 100 levels.
    pub const MAX_DEPTH: usize = 256;

    /// For masks of update requests (AIP-134, AIP-161): strict.
    #[must_use]
    pub const fn update() -> Self {
        Self {
            empty: EmptySelection::Nothing,
            names: Names::Proto,
            unknown: Unknown::Refuse,
            star: Star::Alone,
            wildcards: true,
            implicit_items: false,
            map_keys: true,
            struct_keys: false,
            max_paths: 10_000,
            max_path_bytes: 4096,
            max_depth: 100,
        }
    }

    /// For masks of read requests (AIP-157): a mask without paths selects everything, `*` may stand beside other paths, and
    /// a path may go into the elements of a list without one.
    #[must_use]
    pub const fn read() -> Self {
        Self { empty: EmptySelection::Everything, star: Star::Absorbs, implicit_items: true, ..Self::update() }
    }

    /// For masks in query parameters and headers: as [`read`](Self::read), and fields go by the names of JSON too.
    #[must_use]
    pub const fn query() -> Self {
        Self { names: Names::ProtoOrJson, ..Self::read() }
    }

    /// As the utilities of the protobuf libraries in C++ and Java: no `*`, no keys, and what is unknown is ignored.
    ///
    /// Paths into timestamps, durations, wrappers and `Any` (`create_time.seconds`) are unknown paths here, so they are
    /// ignored: seconds without their nanoseconds are another time. Set [`Unknown::Refuse`] to have them refused.
    #[must_use]
    pub const fn protobuf_util() -> Self {
        Self { unknown: Unknown::Ignore, star: Star::Unknown, wildcards: false, map_keys: false, ..Self::update() }
    }
}

impl ApplyOptions {
    /// The preset of AIP-134, AIP-161 and AIP-203: values replace each other.
    #[must_use]
    pub const fn aip() -> Self {
        Self {
            messages: Messages::Replace,
            lists: Lists::Replace,
            behaviors: Behaviors::Honor,
            empty: EmptyMask::Populated,
        }
    }

    /// The preset of `FieldMaskUtil` in C++ and Java, and of `field_mask.proto`'s own words: messages are merged, lists
    /// are appended to, an empty mask does nothing.
    ///
    /// `google.api.field_behavior` is honored here too, although those libraries do not know it: how values are merged
    /// says nothing about whether a client may write `OUTPUT_ONLY` and `IMMUTABLE` fields. Set [`Behaviors::Ignore`] for
    /// a source that is trusted.
    #[must_use]
    pub const fn protobuf_util() -> Self {
        Self { messages: Messages::Merge, lists: Lists::Append, behaviors: Behaviors::Honor, empty: EmptyMask::Nothing }
    }
}

impl Default for ApplyOptions {
    fn default() -> Self {
        Self::aip()
    }
}
