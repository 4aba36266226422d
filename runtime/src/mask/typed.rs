//! The mask of one message type.

use std::marker::PhantomData;

use prost_types::FieldMask;

use super::compare::{DiffOptions, diff};
use super::options::{ApplyOptions, ParseOptions};
use super::parse::parse;
use super::part::Part;
use super::policy::Renaming;
use super::populated::{Hollow, populated};
use super::select::{Selected, Selection};
use super::source::{ByMove, ByRef};
use super::transfer::{self, COPY, PLAIN};
use super::tree::{ROOT, Tree};
use super::{algebra, canonical, contains, json, project};
use crate::fields::{Any, Fields, Path, Step};
use crate::violation::{Collector, Reason, Subject, Violation, Violations};

/// A set of fields of the message `F`.
pub struct Mask<F> {
    tree: Tree,
    message: PhantomData<fn() -> F>,
}

impl<F: Fields> Mask<F> {
    /// The mask of a set.
    pub(super) fn from_tree(tree: Tree) -> Self {
        Self { tree, message: PhantomData }
    }

    /// The mask of what a run puts on record. It is made where it stays: to move it would cost more than most updates.
    #[inline(always)]
    pub(super) fn recorded(run: impl FnOnce(&mut Tree) -> Part) -> Self {
        let mut mask = Self::empty();
        let outermost = run(&mut mask.tree);
        mask.tree.set_root(outermost);
        mask
    }

    /// The set that the mask is.
    pub(super) fn into_tree(self) -> Tree {
        self.tree
    }

    /// The mask without any field.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_tree(Tree::empty())
    }

    /// The mask `*`: every field, also those that the proto may gain.
    #[must_use]
    pub fn everything() -> Self {
        Self::from_tree(Tree::everything())
    }

    /// The mask of typed paths: `Mask::of([Book::TITLE.any(), Book::AUTHOR.join(Author::GIVEN_NAME).any()])`.
    #[must_use]
    pub fn of<'k>(paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        let mut mask = Self::empty();
        for path in paths {
            mask.add(path.steps());
        }
        mask
    }

    /// Adds a path.
    pub fn insert<T>(&mut self, path: Path<'_, F, T>) {
        self.add(path.steps());
    }

    fn add(&mut self, steps: &[Step<'_>]) {
        if self.tree.is_everything() {
            return;
        }
        let mut node = ROOT;
        let mut steps = steps.iter().copied().peekable();
        // Where the whole list or map is selected if nothing but stars follows.
        while let Some(step) = steps.next() {
            let is_last = steps.peek().is_none();
            let next = match step {
                Step::Field(index) => {
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

    /// Reads the mask of an update request: strict, see [`ParseOptions::update`]. One without paths selects nothing. A read
    /// request is parsed with [`ParseOptions::read`], where it selects everything.
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths; they are named `update_mask.paths[i]`, counting from 0.
    #[inline]
    pub fn parse(mask: &FieldMask) -> Result<Self, Violations> {
        const { &ParseOptions::update() }.parse("update_mask", mask)
    }

    /// Reads a list of paths as a query parameter or a header holds it: separated by commas outside back-ticks. Clients
    /// write the names of the proto there or those of JSON, which [`ParseOptions::query`] accepts. Text without a path
    /// selects what [`ParseOptions::empty`] says: under `query` and `read` everything.
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths; `field` names the mask.
    pub fn parse_query(field: &str, text: &str, options: &ParseOptions) -> Result<Self, Violations> {
        let paths = json::split(text);
        let mut mask = Self::empty();
        parse(F::schema(), &paths, field, options, &mut mask.tree)?;
        Ok(mask)
    }

    /// The mask of the fields with these numbers.
    ///
    /// # Errors
    ///
    /// The numbers that the message does not have.
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

    /// The fields that a message has set, by their leaves. A message in it that is there and has no field set has none,
    /// unless it is a member of a oneof, which is selected whole.
    ///
    /// An update request without a mask is not applied under this mask: there, a message without fields is created where
    /// it is not stored, and clears nothing. See [`EmptyMask::Populated`](super::EmptyMask::Populated).
    #[must_use]
    pub fn populated(message: &F::Message) -> Self {
        Self::from_tree(populated::<F>(message, Hollow::LeftOut))
    }

    /// The fields in which two messages differ: under this mask, applying `to` to `from` makes it `to`.
    #[must_use]
    pub fn diff(from: &F::Message, to: &F::Message) -> Self {
        Self::diff_with(from, to, DiffOptions::default())
    }

    /// The fields in which two messages differ, as the options count.
    #[must_use]
    pub fn diff_with(from: &F::Message, to: &F::Message, options: DiffOptions) -> Self {
        Self::from_tree(diff::<F>(from, to, options))
    }

    /// The paths in canonical form: none is contained in another, and they are ordered by their segments.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        canonical::paths(&self.tree, F::schema())
    }

    /// Whether no field is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// Whether every field of the message is selected whole.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let selected = self.selected();
        F::schema().positions().all(|(index, _)| matches!(selected.field(index), Selection::Whole))
    }

    /// The fields that are in either mask.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut tree = self.tree.clone();
        algebra::union(&mut tree, &other.tree, F::schema());
        Self::from_tree(tree)
    }

    /// The fields that are in both masks.
    ///
    /// Takes time in proportion to both masks and the result, except for keys of maps in maps: where one mask names keys of
    /// the outer map and the other those of the inner one (`a.k.b.*` and `a.*.b.k`), each pair of keys is looked at.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self::from_tree(algebra::intersect(&self.tree, &other.tree, F::schema()))
    }

    /// The fields that are in this mask and not in the other. A message that loses a field keeps its other fields; a map
    /// that loses a key loses all, for a mask cannot say "all but this".
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        Self::from_tree(algebra::subtract(&self.tree, &other.tree, F::schema()))
    }

    /// Whether the other mask selects nothing that this one does not.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        contains::contains(&self.tree, &other.tree, F::schema())
    }

    /// Whether anything at or below a path is selected: whether a server has to fetch it.
    #[must_use]
    pub fn includes<T>(&self, path: Path<'_, F, T>) -> bool {
        self.selected().includes(path.steps())
    }

    /// What the mask says about all that a path leads to.
    #[must_use]
    pub fn at<T>(&self, path: Path<'_, F, T>) -> Selection<'_> {
        self.selected().at(path.steps())
    }

    /// The mask, to walk along with the message: for what is decided field by field.
    #[inline]
    #[must_use]
    pub fn selected(&self) -> Selected<'_> {
        Selected::root(&self.tree)
    }

    /// Carries the selected fields over, whatever they are for: no `field_behavior` counts, nothing is refused, and
    /// values replace each other.
    #[inline]
    pub fn assign(&self, stored: &mut F::Message, source: &F::Message) {
        transfer::assign::<F>(stored, ByRef(source), &self.selected(), PLAIN);
    }

    /// As [`assign`](Self::assign), moving the values. What is copied still: keys and values of maps that are selected by
    /// key, and the selected parts of the elements of lists, of the values of maps, and of messages that are new.
    #[inline]
    pub fn assign_owned(&self, stored: &mut F::Message, mut source: F::Message) {
        transfer::assign::<F>(stored, ByMove(&mut source), &self.selected(), PLAIN);
    }

    /// Updates `stored` from `source` under the preset [`ApplyOptions::aip`], and says what really changed.
    ///
    /// # Errors
    ///
    /// All that the update must not do; then nothing has changed.
    pub fn apply(&self, stored: &mut F::Message, source: &F::Message) -> Result<Self, Violations> {
        self.apply_with(stored, source, ApplyOptions::aip())
    }

    /// As [`apply`](Self::apply), moving what [`assign_owned`](Self::assign_owned) moves.
    ///
    /// # Errors
    ///
    /// All that the update must not do; then nothing has changed.
    pub fn apply_owned(&self, stored: &mut F::Message, source: F::Message) -> Result<Self, Violations> {
        self.apply_owned_with(stored, source, ApplyOptions::aip())
    }

    /// Updates `stored` from `source`, and says what really changed. The option [`ApplyOptions::empty`] does not matter
    /// here: a mask without fields changes nothing.
    ///
    /// # Errors
    ///
    /// All that the update must not do; then nothing has changed.
    pub fn apply_with(
        &self,
        stored: &mut F::Message,
        source: &F::Message,
        options: ApplyOptions,
    ) -> Result<Self, Violations> {
        self.check(stored, source, options)?;
        Ok(transfer::update::<F>(stored, ByRef(source), &self.selected(), options))
    }

    /// As [`apply_with`](Self::apply_with), moving what [`assign_owned`](Self::assign_owned) moves; what is merged or
    /// added to is copied.
    ///
    /// # Errors
    ///
    /// All that the update must not do; then nothing has changed.
    pub fn apply_owned_with(
        &self,
        stored: &mut F::Message,
        mut source: F::Message,
        options: ApplyOptions,
    ) -> Result<Self, Violations> {
        self.check(stored, &source, options)?;
        Ok(transfer::update::<F>(stored, ByMove(&mut source), &self.selected(), options))
    }

    #[inline]
    fn check(&self, stored: &F::Message, source: &F::Message, options: ApplyOptions) -> Result<(), Violations> {
        transfer::refusals::<F>(stored, source, &self.selected(), options, Renaming::Refused)
    }

    /// Drops what is not selected. proto2 `required` fields stay.
    #[inline]
    pub fn project(&self, message: &mut F::Message) {
        project::project::<F>(message, &self.selected());
    }

    /// Drops what is not selected from each of a list: the mask of a list is that of its elements.
    ///
    /// ```ignore
    /// mask.project_all(&mut response.books);
    /// ```
    pub fn project_all<'m>(&self, messages: impl IntoIterator<Item = &'m mut F::Message>) {
        let selected = self.selected();
        messages.into_iter().for_each(|message| project::project::<F>(message, &selected));
    }

    /// Drops what is selected. proto2 `required` fields stay.
    pub fn prune(&self, message: &mut F::Message) {
        project::prune::<F>(message, &self.selected());
    }

    /// Returns a copy of what is selected, and of proto2 `required` fields: the same as [`project`](Self::project) leaves.
    #[must_use]
    pub fn copy(&self, message: &F::Message) -> F::Message {
        let mut copy = F::Message::default();
        transfer::assign::<F>(&mut copy, ByRef(message), &self.selected(), COPY);
        copy
    }
}

impl ParseOptions {
    /// Reads a mask; violations call it `field`.
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths.
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
