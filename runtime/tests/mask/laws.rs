//! The laws that hold for every message and every mask (P1 to P6 of the design), each a function of one random case, so
//! that proptest and libFuzzer check the same.

use std::collections::BTreeSet;

use prost_types::FieldMask;
use transom::fields::{Behavior, Fields, Shape};
use transom::mask::{
    ApplyOptions, Behaviors, DiffOptions, EmptyMask, Lists, MapPaths, Mask, Messages, ParseOptions,
    check_required_fields,
};
use transom::violation::Reason;

use crate::complete::complete;
use crate::dump::dump;
use crate::model::{self, Segments};
use crate::random::{self, Choices};

/// Two messages and a mask.
pub struct Case<F: Fields> {
    pub stored: F::Message,
    pub given: F::Message,
    pub paths: Vec<String>,
    pub mask: Mask<F>,
}

impl<F: Fields> Case<F> {
    pub fn new(choices: &mut Choices<'_>) -> Self {
        let paths = random::paths(F::schema(), choices, 3);
        let mask = parse(&paths);
        let stored = random::message::<F>(choices, 2);
        let given =
            if choices.flag() { random::variation::<F>(&stored, choices, 2) } else { random::message::<F>(choices, 2) };
        Self { stored, given, paths, mask }
    }
}

pub fn parse<F: Fields>(paths: &[String]) -> Mask<F> {
    let parsed = Mask::parse(&FieldMask { paths: paths.to_vec() });
    parsed.unwrap_or_else(|violations| panic!("{paths:?} are paths of the message: {violations}"))
}

/// All laws, for one random case.
pub fn hold<F: Fields>(mut choices: Choices<'_>) {
    let case = Case::<F>::new(&mut choices);
    hold_always(&case, &mut choices);
    project_is_a_part(&case);
    writing_then_reading_is_the_same(&case);
}

/// The laws that hold for messages with required fields too, which are there whatever a mask says.
pub fn hold_with_required<F: Fields>(mut choices: Choices<'_>) {
    let case = Case::<F>::new(&mut choices);
    hold_always(&case, &mut choices);
}

fn hold_always<F: Fields>(case: &Case<F>, choices: &mut Choices<'_>) {
    apply_is_one_thing(case);
    diff_is_a_patch(case);
    update_reads_what_is_selected(case);
    reading_then_writing_is_nothing(case);
    canonical_is_one_form(case, choices);
    copy_is_projected(case);
    output_only_paths_change_nothing(case, choices);
    accepted_updates_leave_required_fields(case, choices);
}

/// Every combination of what applying can mean.
fn options() -> impl Iterator<Item = ApplyOptions> {
    let messages = [Messages::Replace, Messages::Merge];
    let lists = [Lists::Replace, Lists::Append];
    let behaviors = [Behaviors::Honor, Behaviors::Ignore];
    messages.into_iter().flat_map(move |messages| {
        lists.into_iter().flat_map(move |lists| {
            behaviors.into_iter().map(move |behaviors| ApplyOptions {
                messages,
                lists,
                behaviors,
                empty: EmptyMask::Populated,
            })
        })
    })
}

/// By reference and by move are the same; what is refused is unchanged; what is said to have changed has, and is all.
fn apply_is_one_thing<F: Fields>(case: &Case<F>) {
    for options in options() {
        let (mut copied, mut moved) = (case.stored.clone(), case.stored.clone());
        let by_ref = case.mask.apply_with(&mut copied, &case.given, options);
        let by_move = case.mask.apply_owned_with(&mut moved, case.given.clone(), options);
        assert_eq!(dump::<F>(&copied), dump::<F>(&moved), "{:?} {options:?}", case.paths);
        match (by_ref, by_move) {
            (Ok(by_ref), Ok(by_move)) => {
                assert_eq!(by_ref, by_move, "{:?} {options:?}", case.paths);
                let difference = Mask::<F>::diff(&case.stored, &copied);
                assert_eq!(by_ref, difference, "{:?} {options:?}", case.paths);
            }
            (Err(by_ref), Err(by_move)) => {
                assert_eq!(by_ref, by_move);
                assert_eq!(dump::<F>(&copied), dump::<F>(&case.stored), "a refused update changed something");
            }
            (by_ref, by_move) => panic!("{by_ref:?} and {by_move:?} for {:?}", case.paths),
        }
    }
}

/// A mask that leads to `OUTPUT_ONLY` fields alone has no effect, whatever is stored and given.
fn output_only_paths_change_nothing<F: Fields>(case: &Case<F>, choices: &mut Choices<'_>) {
    let paths = (0..8).map(|_| random::path(F::schema(), choices, 4));
    let paths: Vec<String> = paths.filter(|path| is_output_only::<F>(path)).collect();
    let mask = parse::<F>(&paths);
    for options in options().filter(|options| options.behaviors == Behaviors::Honor) {
        let (mut copied, mut moved) = (case.stored.clone(), case.stored.clone());
        let by_ref = mask.apply_with(&mut copied, &case.given, options);
        let by_move = mask.apply_owned_with(&mut moved, case.given.clone(), options);
        for (changed, stored) in [(by_ref, copied), (by_move, moved)] {
            assert_eq!(changed.map(|changed| changed.paths()), Ok(Vec::new()), "{paths:?} {options:?}");
            assert_eq!(dump::<F>(&stored), dump::<F>(&case.stored), "{paths:?} {options:?}");
        }
    }
}

/// Whether a path leads to an `OUTPUT_ONLY` field, or into one.
fn is_output_only<F: Fields>(path: &str) -> bool {
    let mut schema = Some(F::schema());
    model::segments(F::schema(), path).iter().any(|segment| {
        let field = schema.and_then(|schema| schema.field(segment)).map(|(_, field)| field);
        // A `*` and a key lead to the message of the list or of the map.
        if let Some(field) = field {
            schema = field.message();
        }
        field.is_some_and(|field| field.behavior.has(Behavior::OUTPUT_ONLY))
    })
}

/// A resource that has its `REQUIRED` fields has them after every update that is accepted.
fn accepted_updates_leave_required_fields<F: Fields>(case: &Case<F>, choices: &mut Choices<'_>) {
    let mut filled = case.stored.clone();
    complete::<F>(&mut filled, choices);
    assert_eq!(check_required_fields::<F>(&filled), Ok(()));
    let mut given = case.given.clone();
    if choices.flag() {
        complete::<F>(&mut given, choices);
    }
    for mask in [&case.mask, &Mask::populated(&given)] {
        for options in options().filter(|options| options.behaviors == Behaviors::Honor) {
            let mut stored = filled.clone();
            if let Ok(changed) = mask.apply_with(&mut stored, &given, options) {
                assert_eq!(check_required_fields::<F>(&stored), Ok(()), "{mask:?} {options:?} changed {changed:?}");
            }
        }
    }
}

/// P1: under the difference of two messages, the one becomes the other.
fn diff_is_a_patch<F: Fields>(case: &Case<F>) {
    let wanted = dump::<F>(&case.given);
    for maps in [MapPaths::Whole, MapPaths::Keys] {
        let options = DiffOptions { maps, ..DiffOptions::default() };
        let difference = Mask::<F>::diff_with(&case.stored, &case.given, options);
        let (mut copied, mut moved) = (case.stored.clone(), case.stored.clone());
        difference.assign(&mut copied, &case.given);
        difference.assign_owned(&mut moved, case.given.clone());
        assert_eq!(dump::<F>(&copied), wanted, "{difference:?}");
        assert_eq!(dump::<F>(&moved), wanted, "{difference:?}");
        // The mask travels as text.
        let mut again = case.stored.clone();
        parse::<F>(&difference.paths()).assign(&mut again, &case.given);
        assert_eq!(dump::<F>(&again), wanted, "{difference:?}");
        assert!(Mask::<F>::diff_with(&case.given, &case.given, options).is_empty());
    }
    assert_eq!(Mask::<F>::diff(&case.stored, &case.given).is_empty(), dump::<F>(&case.stored) == wanted);
}

/// P2: projecting twice is projecting once, and leaves what is selected; pruning leaves the rest.
fn project_is_a_part<F: Fields>(case: &Case<F>) {
    let projected = project(&case.mask, &case.given);
    assert_eq!(dump::<F>(&project(&case.mask, &projected)), dump::<F>(&projected), "{:?}", case.paths);
    let paths: Vec<Segments> = case.paths.iter().map(|path| model::segments(F::schema(), path)).collect();
    let (selected, rest) = model::leaves::<F>(&case.given)
        .into_iter()
        .partition::<BTreeSet<_>, _>(|(leaf, _)| model::any_covers(&paths, leaf));
    assert_eq!(model::leaves::<F>(&projected), selected, "{:?}", case.paths);
    let mut pruned = case.given.clone();
    case.mask.prune(&mut pruned);
    assert_eq!(model::leaves::<F>(&pruned), rest, "{:?}", case.paths);
}

/// A copy is what projecting leaves.
fn copy_is_projected<F: Fields>(case: &Case<F>) {
    let projected = project(&case.mask, &case.given);
    assert_eq!(dump::<F>(&case.mask.copy(&case.given)), dump::<F>(&projected), "{:?}", case.paths);
}

/// P4: an update needs no more of its source than the mask selects.
fn update_reads_what_is_selected<F: Fields>(case: &Case<F>) {
    for options in options() {
        let (mut one, mut other) = (case.stored.clone(), case.stored.clone());
        let by_all = case.mask.apply_with(&mut one, &case.given, options);
        let by_part = case.mask.apply_with(&mut other, &project(&case.mask, &case.given), options);
        assert_eq!(by_all, by_part, "{:?} {options:?}", case.paths);
        assert_eq!(dump::<F>(&one), dump::<F>(&other), "{:?} {options:?}", case.paths);
    }
}

/// P5, the first half: what was read under a mask changes nothing when it is written under it.
fn reading_then_writing_is_nothing<F: Fields>(case: &Case<F>) {
    let read = project(&case.mask, &case.stored);
    let mut stored = case.stored.clone();
    match case.mask.apply(&mut stored, &read) {
        Ok(changed) => assert!(changed.is_empty(), "{:?} changed {changed:?}", case.paths),
        // What is stored may break the rules.
        Err(violations) => assert!(violations.as_slice().iter().all(|one| one.reason == Reason::RequiredField)),
    }
    case.mask.assign(&mut stored, &read);
    assert_eq!(dump::<F>(&stored), dump::<F>(&case.stored), "{:?}", case.paths);
    // Neither does a masked read that comes back without a mask, unless it left out elements of lists or entries of maps,
    // or parts of them: in an implied mask they are whole.
    if case.paths.iter().all(|path| !has_steps::<F>(path)) && !has_whole_member::<F>(&Mask::populated(&read)) {
        Mask::<F>::populated(&read).assign(&mut stored, &read);
        assert_eq!(dump::<F>(&stored), dump::<F>(&case.stored), "{:?}", case.paths);
    }
}

/// P5, the second half: what was written under a mask is what is read under it, but for messages that hold nothing: a
/// path into an absent message clears what it leads to and leaves the message there.
fn writing_then_reading_is_the_same<F: Fields>(case: &Case<F>) {
    let mut stored = case.stored.clone();
    case.mask.assign(&mut stored, &case.given);
    let read = model::leaves::<F>(&project(&case.mask, &stored));
    let written = model::leaves::<F>(&project(&case.mask, &case.given));
    assert_eq!(read, written, "{:?}", case.paths);
}

/// P6: the canonical form depends on no order, is its own canonical form, and repeats nothing.
fn canonical_is_one_form<F: Fields>(case: &Case<F>, choices: &mut Choices<'_>) {
    let paths = case.mask.paths();
    let mut shuffled = case.paths.clone();
    for last in (1..shuffled.len()).rev() {
        shuffled.swap(last, choices.below(last + 1));
    }
    assert_eq!(parse::<F>(&shuffled).paths(), paths, "{shuffled:?}");
    assert_eq!(parse::<F>(&paths).paths(), paths);
    assert_eq!(parse::<F>(&[case.paths.clone(), paths.clone()].concat()).paths(), paths);
    for (index, path) in paths.iter().enumerate() {
        let others: Vec<String> = paths.iter().take(index).chain(paths.iter().skip(index + 1)).cloned().collect();
        assert!(!parse::<F>(&others).contains(&parse(std::slice::from_ref(path))), "{path} is in {others:?}");
    }
    let text = paths.join(",");
    assert_eq!(Mask::<F>::parse_query("fields", &text, &ParseOptions::update()).as_ref(), Ok(&case.mask), "{text}");
}

fn project<F: Fields>(mask: &Mask<F>, message: &F::Message) -> F::Message {
    let mut message = message.clone();
    mask.project(&mut message);
    message
}

/// Whether a mask selects a member of a oneof whole that has fields.
fn has_whole_member<F: Fields>(mask: &Mask<F>) -> bool {
    mask.paths().iter().any(|path| {
        let segments = model::segments(F::schema(), path);
        let mut schema = Some(F::schema());
        let fields = segments.iter().filter_map(|segment| {
            let field = schema?.field(segment).map(|(_, field)| field)?;
            schema = field.message();
            Some(field)
        });
        fields.last().is_some_and(|field| matches!(field.shape, Shape::Oneof(_)) && field.message().is_some())
    })
}

/// Whether a path goes into a list or a map.
fn has_steps<F: Fields>(path: &str) -> bool {
    let segments = model::segments(F::schema(), path);
    let mut schema = Some(F::schema());
    segments.iter().any(|segment| {
        let field = schema.and_then(|schema| schema.field(segment)).map(|(_, field)| field);
        schema = field.and_then(|field| field.message());
        field.is_none()
    })
}
