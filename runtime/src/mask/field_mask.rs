//! Mask of one message type.

use std::marker::PhantomData;

use prost_types::FieldMask;

use super::compare::{DiffOptions, EmptyMessage, diff, populated};
use super::options::{ApplyOptions, ParseOptions};
use super::policy::IdentifierPolicy;
use super::project;
use super::set::{NodeBuilder, ROOT, Selected, Selection, Tree, contains, intersect, subtract, union};
use super::text::{canonical_paths, parse, split_paths};
use super::update::{ASSIGN, ByMove, ByRef, COPY, assign, check, update};
use crate::fields::{Any, Fields, Path, Step};
use crate::violation::{Collector, Reason, Subject, Violation, Violations};

/// Set of fields of the message with the field table `F`.
pub struct Mask<F> {
    tree: Tree,
    message: PhantomData<fn() -> F>,
}

impl<F: Fields> Mask<F> {
    /// Creates the mask of a set.
    pub(super) fn from_tree(tree: Tree) -> Self {
        Self { tree, message: PhantomData }
    }

    /// Creates the mask of the changes that `run` records. `run` writes into the result, because a move of the set would take
    /// longer than most updates.
    #[inline(always)]
    pub(super) fn from_record(run: impl FnOnce(&mut Tree) -> NodeBuilder) -> Self {
        let mut mask = Self::empty();
        let root = run(&mut mask.tree);
        mask.tree.set_root(root);
        mask
    }

    /// Returns the set.
    pub(super) fn into_tree(self) -> Tree {
        self.tree
    }

    /// Creates the mask without fields.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_tree(Tree::empty())
    }

    /// Creates the mask `*`: every field, also fields that the proto may gain.
    #[must_use]
    pub fn everything() -> Self {
        Self::from_tree(Tree::everything())
    }

    /// Creates the mask of typed paths.
    ///
    /// ```ignore
    /// Mask::from_paths([Book::TITLE.any(), Book::AUTHOR.join(Author::GIVEN_NAME).any()])
    /// ```
    #[must_use]
    pub fn from_paths<'k>(paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        let mut mask = Self::empty();
        for path in paths {
            mask.add_path(path.steps());
        }
        mask
    }

    /// Adds a path.
    pub fn insert<T>(&mut self, path: Path<'_, F, T>) {
        self.add_path(path.steps());
    }

    fn add_path(&mut self, steps: &[Step<'_>]) {
        if self.tree.is_everything() {
            return;
        }
        let mut node = ROOT;
        let mut steps = steps.iter().copied().peekable();
        while let Some(step) = steps.next() {
            let is_last = steps.peek().is_none();
            let next = match step {
                Step::Field(index) => {
                    // `authors.*` selects the same as `authors`.
                    let rest_is_stars = steps.clone().all(|step| matches!(step, Step::Item | Step::Entry));
                    if rest_is_stars {
                        return self.tree.add_field(node, index);
                    }
                    self.tree.enter_field(node, index)
                }
                Step::Item => Some(node),
                Step::Entry => Some(self.tree.enter_entries(node)),
                Step::Key(key) if is_last => return self.tree.add_key(node, key),
                Step::Key(key) => self.tree.enter_key(node, key),
            };
            match next {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    /// Parses the mask of an update request, with [`ParseOptions::update`]. A mask without paths selects no field. Use
    /// [`ParseOptions::read`] for read requests, where it selects every field.
    ///
    /// # Errors
    ///
    /// Returns the violations of its paths, as `update_mask.paths[i]`, counting from 0.
    #[inline]
    pub fn parse(mask: &FieldMask) -> Result<Self, Violations> {
        const { &ParseOptions::update() }.parse("update_mask", mask)
    }

    /// Parses the text of a query parameter or a header: paths that are separated by commas. Commas between back-ticks do not
    /// separate. [`ParseOptions::query`] accepts the names of the proto and of JSON. [`ParseOptions::empty`] is the selection of
    /// an empty text.
    ///
    /// # Errors
    ///
    /// Returns the violations of its paths. `field` is the name of the mask in them.
    pub fn parse_query(field: &str, text: &str, options: &ParseOptions) -> Result<Self, Violations> {
        let paths = split_paths(text);
        let mut mask = Self::empty();
        parse(F::schema(), &paths, field, options, &mut mask.tree)?;
        Ok(mask)
    }

    /// Creates the mask of the fields with these numbers.
    ///
    /// # Errors
    ///
    /// Returns the numbers that are not fields of the message.
    pub fn from_numbers(numbers: impl IntoIterator<Item = u32>) -> Result<Self, Violations> {
        let mut mask = Self::empty();
        let mut violations = Collector::new(Subject::from_fields::<F>());
        for number in numbers {
            match F::schema().field_by_number(number) {
                Some((index, _)) => mask.tree.add_field(ROOT, index),
                None => violations.add_with(|| {
                    let description = format!("`{}` has no field with this number", F::schema().name());
                    Violation::new(number.to_string(), Reason::UnknownField, description)
                }),
            }
        }
        violations.finish()?;
        Ok(mask)
    }

    /// Creates the mask of the fields that a message has set. A message in it is selected by its set fields, and not whole.
    /// A message without a set field is not selected, unless it is a oneof member, which is selected whole.
    ///
    /// An update without a mask also creates messages without a set field, which no mask can express. See
    /// [`EmptyMask::Populated`](super::EmptyMask::Populated).
    #[must_use]
    pub fn populated(message: &F::Message) -> Self {
        Self::from_tree(populated::<F>(message, EmptyMessage::Skip))
    }

    /// Creates the mask of the fields in which two messages differ. Applying `to` to `from` under this mask yields `to`.
    #[must_use]
    pub fn diff(from: &F::Message, to: &F::Message) -> Self {
        Self::diff_with(from, to, DiffOptions::default())
    }

    /// Same as [`diff`](Self::diff), with options.
    #[must_use]
    pub fn diff_with(from: &F::Message, to: &F::Message, options: DiffOptions) -> Self {
        Self::from_tree(diff::<F>(from, to, options))
    }

    /// Returns the paths in canonical form: no path contains another, and they are ordered by their segments.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        canonical_paths(&self.tree, F::schema())
    }

    /// Returns `true` if no field is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// Returns `true` if every field of the message is selected whole.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let selected = self.selected();
        F::schema().positions().all(|(index, _)| matches!(selected.field(index), Selection::Whole))
    }

    /// Returns the fields that are in either mask.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut tree = self.tree.clone();
        union(&mut tree, &other.tree, F::schema());
        Self::from_tree(tree)
    }

    /// Returns the fields that are in both masks.
    ///
    /// Complexity: linear in both masks and the result, except for keys of nested maps. If one mask names keys of the outer map
    /// and the other names keys of the inner map (`a.k.b.*` and `a.*.b.k`), each pair of keys is visited.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self::from_tree(intersect(&self.tree, &other.tree, F::schema()))
    }

    /// Returns the fields that are in this mask and not in the other. A message that loses a field keeps its other fields. A map
    /// that loses a key loses all keys, because a mask cannot select "all but this key".
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        Self::from_tree(subtract(&self.tree, &other.tree, F::schema()))
    }

    /// Returns `true` if every field of the other mask is in this mask.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        contains(&self.tree, &other.tree, F::schema())
    }

    /// Returns `true` if anything at or below a path is selected, so that a server must fetch it.
    #[must_use]
    pub fn includes<T>(&self, path: Path<'_, F, T>) -> bool {
        self.selected().includes(path.steps())
    }

    /// Returns the selection of the field at a path.
    #[must_use]
    pub fn at<T>(&self, path: Path<'_, F, T>) -> Selection<'_> {
        self.selected().at(path.steps())
    }

    /// Returns the selection in the outermost message, for code that decides by field.
    #[inline]
    #[must_use]
    pub fn selected(&self) -> Selected<'_> {
        Selected::root(&self.tree)
    }

    /// Assigns the selected fields of `source` to `stored`, without checks. `field_behavior` has no effect, and values are
    /// replaced.
    #[inline]
    pub fn assign(&self, stored: &mut F::Message, source: &F::Message) {
        assign::<F>(stored, ByRef(source), &self.selected(), ASSIGN);
    }

    /// Same as [`assign`](Self::assign), but moves the values.
    ///
    /// Some values are copied: entries of maps that are selected by key, and the selected fields of list elements, of map values
    /// and of new messages.
    #[inline]
    pub fn assign_owned(&self, stored: &mut F::Message, mut source: F::Message) {
        assign::<F>(stored, ByMove(&mut source), &self.selected(), ASSIGN);
    }

    /// Updates `stored` from `source` with [`ApplyOptions::aip`]. Returns the mask of the fields that changed.
    ///
    /// # Errors
    ///
    /// Returns the fields that the update must not write. Then `stored` has not changed.
    pub fn apply(&self, stored: &mut F::Message, source: &F::Message) -> Result<Self, Violations> {
        self.apply_with(stored, source, ApplyOptions::aip())
    }

    /// Same as [`apply`](Self::apply), but moves the values that [`assign_owned`](Self::assign_owned) moves.
    ///
    /// # Errors
    ///
    /// Returns the fields that the update must not write. Then `stored` has not changed.
    pub fn apply_owned(&self, stored: &mut F::Message, source: F::Message) -> Result<Self, Violations> {
        self.apply_owned_with(stored, source, ApplyOptions::aip())
    }

    /// Same as [`apply`](Self::apply), with options. [`ApplyOptions::empty`] has no effect: a mask without fields changes
    /// nothing.
    ///
    /// # Errors
    ///
    /// Returns the fields that the update must not write. Then `stored` has not changed.
    pub fn apply_with(
        &self,
        stored: &mut F::Message,
        source: &F::Message,
        options: ApplyOptions,
    ) -> Result<Self, Violations> {
        self.check(stored, source, options)?;
        Ok(Self::from_record(|changes| update::<F>(stored, ByRef(source), &self.selected(), options, changes)))
    }

    /// Same as [`apply_with`](Self::apply_with), but moves the values that [`assign_owned`](Self::assign_owned) moves. Values that
    /// are merged or appended are copied.
    ///
    /// # Errors
    ///
    /// Returns the fields that the update must not write. Then `stored` has not changed.
    pub fn apply_owned_with(
        &self,
        stored: &mut F::Message,
        mut source: F::Message,
        options: ApplyOptions,
    ) -> Result<Self, Violations> {
        self.check(stored, &source, options)?;
        Ok(Self::from_record(|changes| update::<F>(stored, ByMove(&mut source), &self.selected(), options, changes)))
    }

    #[inline]
    fn check(&self, stored: &F::Message, source: &F::Message, options: ApplyOptions) -> Result<(), Violations> {
        check::<F>(stored, source, &self.selected(), options, IdentifierPolicy::RejectChange)
    }

    /// Clears the fields that are not selected, except proto2 `required` fields.
    #[inline]
    pub fn project(&self, message: &mut F::Message) {
        project::project::<F>(message, &self.selected());
    }

    /// Clears the fields that are not selected in each message of a list.
    ///
    /// ```ignore
    /// mask.project_all(&mut response.books);
    /// ```
    pub fn project_all<'m>(&self, messages: impl IntoIterator<Item = &'m mut F::Message>) {
        let selected = self.selected();
        messages.into_iter().for_each(|message| project::project::<F>(message, &selected));
    }

    /// Clears the fields that are selected, except proto2 `required` fields.
    pub fn prune(&self, message: &mut F::Message) {
        project::prune::<F>(message, &self.selected());
    }

    /// Returns a copy of the selected fields and of proto2 `required` fields: the result of [`project`](Self::project).
    #[must_use]
    pub fn copy(&self, message: &F::Message) -> F::Message {
        let mut copy = F::Message::default();
        assign::<F>(&mut copy, ByRef(message), &self.selected(), COPY);
        copy
    }
}

impl ParseOptions {
    /// Parses a mask. `field` is its name in violations.
    ///
    /// # Errors
    ///
    /// Returns the violations of its paths.
    #[inline]
    pub fn parse<F: Fields>(&self, field: &str, mask: &FieldMask) -> Result<Mask<F>, Violations> {
        let mut parsed = Mask::empty();
        parse(F::schema(), &mask.paths, field, self, &mut parsed.tree)?;
        Ok(parsed)
    }
}

impl<F> Clone for Mask<F> {
    fn clone(&self) -> Self {
        Self { tree: self.tree.clone(), message: PhantomData }
    }
}
