//! `OUTPUT_ONLY` fields that a mask names: nothing is lost, made or reported because of them.

use prost_types::{FieldMask, Timestamp};
use transom::fields::Fields;
use transom::mask::{ApplyOptions, Mask, UpdateOptions, UpdateRequest as _};

use crate::catalog::{Archive, Part, Res, UpdateResRequest, res::Pick};

fn part(label: &str, state: i32) -> Part {
    Part { id: 1, label: label.to_owned(), state, must: "m".to_owned(), ..Part::default() }
}

/// A part of which a request holds the server's field alone.
fn state(state: i32) -> Part {
    Part { state, ..Part::default() }
}

fn stored() -> Res {
    Res {
        title: "t".to_owned(),
        part: Some(part("a", 1)),
        list: vec![part("a", 1), part("b", 2)],
        parts: [("k".to_owned(), part("a", 1))].into(),
        by_number: [(7, part("a", 1))].into(),
        pick: Some(Pick::Two("precious".to_owned())),
        boxed: Some(Box::new(part("a", 1))),
        fixed: Some(part("a", 1)),
        fixed_list: vec![part("a", 1)],
        fixed_parts: [("k".to_owned(), part("a", 1))].into(),
        main: Some(part("a", 1)),
        needed: vec![part("a", 1)],
        labels: [("k".to_owned(), "v".to_owned())].into(),
        code: "c".to_owned(),
        nick: Some("n".to_owned()),
        create_time: Some(Timestamp { seconds: 1, nanos: 7 }),
        ..Res::default()
    }
}

/// Requests for each shape: nothing, the server's fields alone, and more of everything.
fn requests() -> Vec<Res> {
    let bare = Res {
        part: Some(state(9)),
        list: vec![state(9); 3],
        parts: [("k".to_owned(), state(9)), ("new".to_owned(), state(9))].into(),
        by_number: [(7, state(9)), (8, state(9))].into(),
        pick: Some(Pick::Three(state(9))),
        boxed: Some(Box::new(state(9))),
        fixed: Some(state(9)),
        fixed_list: vec![state(9); 3],
        fixed_parts: [("new".to_owned(), state(9))].into(),
        main: Some(state(9)),
        needed: Vec::new(),
        nick: Some("mine".to_owned()),
        create_time: Some(Timestamp { seconds: 5, nanos: 0 }),
        res: Some(Box::new(Res { part: Some(state(9)), ..Res::default() })),
        ..Res::default()
    };
    let full = Res {
        part: Some(Part { sub: Some(Box::new(state(9))), subs: vec![state(9)], ..part("x", 9) }),
        list: vec![part("x", 9)],
        pick: Some(Pick::Four("mine".to_owned())),
        ..bare.clone()
    };
    vec![Res::default(), bare, full]
}

const MASKS: &[&str] = &[
    "part.state",
    "list.*.state",
    "parts.*.state",
    "parts.k.state",
    "parts.new.state",
    "parts.new.state,parts.*.state",
    "by_number.*.state",
    "by_number.8.state,by_number.7.state",
    "three.state",
    "four",
    "boxed.state",
    "fixed.state",
    "fixed_list.*.state",
    "fixed_parts.*.state",
    "fixed_parts.k.state,fixed_parts.new.state",
    "main.state",
    "needed.*.state",
    "part.sub.state",
    "part.subs.*.state",
    "part.sub.sub.state,part.subs.*.subs.*.state",
    "list.*.sub.state",
    "list.*.subs.*.state",
    "parts.*.sub.state",
    "parts.new.subs.*.state",
    "three.sub.state",
    "nick",
    "create_time",
    "nick,create_time,part.state,list.*.state,parts.*.state,three.state",
    "res.part.state",
    "res.list.*.state,res.create_time",
];

fn mask(text: &str) -> FieldMask {
    FieldMask { paths: text.split(',').map(str::to_owned).collect() }
}

fn presets() -> [ApplyOptions; 2] {
    [ApplyOptions::aip(), ApplyOptions::protobuf_util()]
}

#[track_caller]
fn is_identity<F: Fields<Message: PartialEq + std::fmt::Debug>>(text: &str, stored: &F::Message, given: &F::Message) {
    let mask = Mask::<F>::parse(&mask(text)).unwrap();
    for options in presets() {
        let (mut copied, mut moved) = (stored.clone(), stored.clone());
        let by_ref = mask.apply_with(&mut copied, given, options);
        let by_move = mask.apply_owned_with(&mut moved, given.clone(), options);
        for (changed, resource) in [(by_ref, copied), (by_move, moved)] {
            assert_eq!(changed.map(|changed| changed.paths()), Ok(Vec::new()), "{text} {options:?}");
            assert_eq!(&resource, stored, "{text} {options:?}");
        }
    }
}

#[test]
fn apply_of_output_only_paths_changes_nothing() {
    for text in MASKS {
        for given in requests() {
            for stored in [stored(), Res { pick: Some(Pick::Four("f".to_owned())), ..stored() }, Res::default()] {
                is_identity::<Res>(text, &stored, &given);
            }
        }
    }
}

#[test]
fn apply_of_output_only_paths_changes_nothing_in_required_messages_and_groups() {
    let archive = |part: Part| Archive {
        head: part.clone(),
        boxed: Box::new(part.clone()),
        single: Some(part.clone()),
        many: vec![part.clone()],
    };
    for text in ["head.state", "boxed.state", "Single.state", "Many.*.state", "head.sub.state,boxed.subs.*.state"] {
        for given in [archive(state(9)), Archive::default(), Archive { many: vec![state(9); 3], ..archive(state(1)) }] {
            is_identity::<Archive>(text, &archive(part("a", 1)), &given);
            is_identity::<Archive>(text, &Archive::default(), &given);
        }
    }
}

#[test]
fn update_request_of_output_only_paths_changes_nothing() {
    for text in MASKS {
        for given in requests() {
            for apply in presets() {
                let options = UpdateOptions { apply, ..UpdateOptions::default() };
                let request = || UpdateResRequest {
                    res: Some(given.clone()),
                    update_mask: Some(mask(text)),
                    allow_missing: true,
                };
                let mut resource = stored();
                assert!(request().apply_to_with(&mut resource, &options).unwrap().is_empty(), "{text}");
                assert_eq!(resource, stored(), "{text}");
                let updated = request().apply_or_create_with(Some(stored()), &options).unwrap();
                assert_eq!(updated.resource, stored(), "{text}");
            }
        }
    }
}

#[test]
fn implied_mask_of_output_only_fields_changes_nothing() {
    let given = Res {
        part: Some(state(9)),
        boxed: Some(Box::new(Part { sub: Some(Box::new(state(9))), ..state(9) })),
        pick: Some(Pick::Three(state(9))),
        create_time: Some(Timestamp { seconds: 5, nanos: 0 }),
        ..Res::default()
    };
    for stored in [stored(), Res::default()] {
        let mut resource = stored.clone();
        let request = UpdateResRequest { res: Some(given.clone()), ..UpdateResRequest::default() };
        assert!(request.apply_to(&mut resource).unwrap().is_empty());
        assert_eq!(resource, stored);
    }
}

#[test]
fn output_only_paths_have_no_effect_beside_others() {
    let apply = |text: &str, stored: &Res, given: Res| {
        let mut resource = stored.clone();
        let changed = Mask::<Res>::parse(&mask(text)).unwrap().apply(&mut resource, &given).unwrap();
        (changed.paths(), resource)
    };
    let given = Res {
        part: Some(Part { sub: Some(Box::new(state(9))), ..part("n", 9) }),
        parts: [("k".to_owned(), part("n", 9)), ("new".to_owned(), part("n", 9))].into(),
        list: vec![part("n", 9)],
        ..Res::default()
    };
    // A new message is not made hollow inside, and has no state.
    let (_, resource) = apply("part.must,part.sub.state,part.state", &Res::default(), given.clone());
    assert_eq!(resource.part, Some(Part { must: "m".to_owned(), ..Part::default() }));
    // `*` of the server's field does not decide about the keys; what is named does.
    let (changed, resource) = apply("parts.*.state,parts.k.label", &stored(), given.clone());
    assert_eq!((changed, resource.parts), (vec!["parts".to_owned()], [("k".to_owned(), part("n", 1))].into()));
    let (changed, resource) = apply("parts.*.state,parts.new", &stored(), given.clone());
    let parts = [("k".to_owned(), part("a", 1)), ("new".to_owned(), part("n", 0))].into();
    assert_eq!((changed, resource.parts), (vec!["parts".to_owned()], parts));
    // Where elements are written, their states stay.
    let (changed, resource) = apply("list.*.state,list.*.label", &stored(), given);
    assert_eq!((changed, resource.list), (vec!["list".to_owned()], vec![part("n", 1)]));
}

#[test]
fn list_without_output_only_fields_keeps_the_stored_ones() {
    let client = |part: Part| Part { state: 0, ..part };
    let given = Res { list: stored().list.into_iter().map(client).collect(), ..stored() };
    for text in ["list", "*"] {
        let mut resource = stored();
        let changed = Mask::<Res>::parse(&mask(text)).unwrap().apply(&mut resource, &given).unwrap();
        assert_eq!((changed.paths(), resource), (Vec::new(), stored()), "{text}");
    }
}
