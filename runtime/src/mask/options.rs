//! Options of parsing and of applying a mask.

/// Options of parsing a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOptions {
    /// Selection of a mask without paths. Update requests have [`ApplyOptions::empty`] instead.
    pub empty: EmptySelection,
    /// Accepted names of fields.
    pub names: Names,
    /// Treatment of unknown paths.
    pub unknown: Unknown,
    /// Treatment of the path `*`.
    pub star: Star,
    /// Whether `*` in a path selects in every element of a list or every value of a map: `authors.*.given_name`.
    pub wildcards: bool,
    /// Whether a path may enter the elements of a list without `*`: `authors.given_name`.
    pub implicit_items: bool,
    /// Whether a path may name keys of a map.
    pub map_keys: bool,
    /// Whether a path may enter a `google.protobuf.Struct` by its keys, as JSON gateways do: `labels.a.b` instead of
    /// `labels.fields.a.struct_value.fields.b`.
    pub struct_keys: bool,
    /// Largest number of paths.
    pub max_paths: usize,
    /// Largest length of a path, in bytes.
    pub max_path_bytes: usize,
    /// Largest number of segments of a path, in its canonical form. Values above [`MAX_DEPTH`](Self::MAX_DEPTH) have the same
    /// effect as `MAX_DEPTH`.
    pub max_depth: usize,
}

/// Selection of a mask without paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptySelection {
    /// No field.
    Nothing,
    /// Every field, as AIP-157 requires of a read request without a mask.
    Everything,
}

/// Accepted names of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Names {
    /// Names of the proto: `given_name`.
    Proto,
    /// Names of the proto and of JSON: `given_name`, `givenName`.
    ProtoOrJson,
}

/// Treatment of unknown paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The path is a violation.
    Reject,
    /// The path is ignored.
    Ignore,
}

/// Treatment of the path `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Star {
    /// `*` must be the only path. Other paths contradict it.
    Alone,
    /// `*` may be beside other paths, which have no effect.
    Absorbs,
    /// `*` is an unknown path.
    Unknown,
}

/// Options of applying a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyOptions {
    /// Effect on a message that is selected whole.
    pub messages: Messages,
    /// Effect on a list or a map that is selected whole.
    pub lists: Lists,
    /// Effect of `google.api.field_behavior`.
    pub behaviors: Behaviors,
    /// Meaning of a mask that is absent or has no paths.
    pub empty: EmptyMask,
}

/// Effect on a message that is selected whole.
///
/// Timestamps, durations, wrappers and `Any` are messages too: under [`Merge`](Self::Merge) the fields that the source has set
/// replace the stored ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Messages {
    /// The message of the source replaces it. If the source has none, it is cleared.
    Replace,
    /// The fields that the source has set are merged. If the source has no message, the stored one stays.
    Merge,
}

/// Effect on a list or a map that a path selects. Lists and maps in a merged message are always appended to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lists {
    /// The list or map of the source replaces it.
    Replace,
    /// The elements of the source are appended. Entries of a map replace those of the same key.
    Append,
}

/// Effect of `google.api.field_behavior` (AIP-203).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behaviors {
    /// `OUTPUT_ONLY` and `IDENTIFIER` fields keep their stored values. A changed `IMMUTABLE` field and an empty `REQUIRED`
    /// field are violations.
    Honor,
    /// Behaviors have no effect.
    Ignore,
}

/// Meaning of an update mask that is absent or has no paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptyMask {
    /// All fields that the source has set are updated (AIP-134). No field is cleared.
    Populated,
    /// No field is updated.
    Nothing,
    /// The mask is a violation.
    Reject,
}

impl ParseOptions {
    /// Upper limit of [`max_depth`](Self::max_depth). It bounds the stack of recursive operations on masks. prost decodes no
    /// message that is nested deeper than 100 levels.
    pub const MAX_DEPTH: usize = 256;

    /// Options for masks of update requests (AIP-134, AIP-161): strict.
    #[must_use]
    pub const fn update() -> Self {
        Self {
            empty: EmptySelection::Nothing,
            names: Names::Proto,
            unknown: Unknown::Reject,
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

    /// Options for masks of read requests (AIP-157). A mask without paths selects everything, `*` may be beside other paths,
    /// and a path may enter the elements of a list without `*`.
    #[must_use]
    pub const fn read() -> Self {
        Self { empty: EmptySelection::Everything, star: Star::Absorbs, implicit_items: true, ..Self::update() }
    }

    /// Options for masks in query parameters and headers: as [`read`](Self::read), with the names of JSON too.
    #[must_use]
    pub const fn query() -> Self {
        Self { names: Names::ProtoOrJson, ..Self::read() }
    }

    /// Options of `FieldMaskUtil` in C++ and Java: no `*`, no map keys, and unknown paths are ignored.
    ///
    /// Paths into timestamps, durations, wrappers and `Any`, such as `create_time.seconds`, are unknown paths. Set
    /// [`Unknown::Reject`] to reject them.
    #[must_use]
    pub const fn protobuf_util() -> Self {
        Self { unknown: Unknown::Ignore, star: Star::Unknown, wildcards: false, map_keys: false, ..Self::update() }
    }
}

impl ApplyOptions {
    /// Options of AIP-134, AIP-161 and AIP-203: values are replaced.
    #[must_use]
    pub const fn aip() -> Self {
        Self {
            messages: Messages::Replace,
            lists: Lists::Replace,
            behaviors: Behaviors::Honor,
            empty: EmptyMask::Populated,
        }
    }

    /// Options of `FieldMaskUtil` in C++ and Java, and of the comments in `field_mask.proto`. Messages are merged, lists are
    /// appended to, and an empty mask has no effect.
    ///
    /// Unlike those libraries, `google.api.field_behavior` is honored. Set [`Behaviors::Ignore`] for a source that may write
    /// `OUTPUT_ONLY` and `IMMUTABLE` fields.
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
