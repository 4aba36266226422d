//! Annotations of `google.api.field_behavior` on generated messages, at the top and deep inside.

use transom::mask::{UpdateRequest as _, prepare_create, prepare_response};
use transom::violation::Reason;
use transom_testdata::field_masks::library::v1::{
    Behaviors, Book, Choices, Circles, UpdateBookRequest, choices::Choice, circles,
};

use crate::given::{mask, refused};

/// Every field is set.
#[expect(deprecated, reason = "a deprecated field has its behavior too")]
fn behaviors(text: &str) -> Behaviors {
    Behaviors {
        optional: text.into(),
        required: text.into(),
        output_only: text.into(),
        input_only: text.into(),
        immutable: text.into(),
        unordered_list: vec![text.into()],
        non_empty_default: text.into(),
        unspecified: text.into(),
        deeper: [("key".into(), secret(text))].into(),
        old: text.into(),
        old_message: None,
    }
}

fn secret(text: &str) -> circles::Loop {
    circles::Loop { back: None, secret: text.into() }
}

fn book(text: &str) -> Book {
    Book { name: "books/1".into(), behaviors: Some(behaviors(text)), ..Default::default() }
}

#[test]
#[expect(deprecated, reason = "a deprecated field has its behavior too")]
fn an_update_keeps_what_is_the_servers() {
    let given = Behaviors { immutable: "old".into(), ..behaviors("new") };
    for paths in [&["behaviors"][..], &["*"], &[]] {
        let mut stored = book("old");
        let given = Book { behaviors: Some(given.clone()), ..Default::default() };
        UpdateBookRequest { book: Some(given), update_mask: mask(paths) }.apply_to(&mut stored).unwrap();
        let kept = behaviors("old");
        let updated = Behaviors {
            output_only: kept.output_only,
            immutable: kept.immutable,
            deeper: kept.deeper,
            old: kept.old,
            ..behaviors("new")
        };
        assert_eq!(stored, Book { behaviors: Some(updated), ..book("old") }, "{paths:?}");
    }
}

#[test]
fn an_update_is_refused_that_changes_or_empties_what_it_must_not() {
    let given = Behaviors { required: String::new(), immutable: "new".into(), ..behaviors("old") };
    for paths in [&["behaviors.required", "behaviors.immutable"][..], &["behaviors"], &["*"]] {
        let mut stored = book("old");
        let given = Book { behaviors: Some(given.clone()), ..book("old") };
        let mut wrong =
            refused(UpdateBookRequest { book: Some(given), update_mask: mask(paths) }.apply_to(&mut stored));
        wrong.sort_by(|a, b| a.0.cmp(&b.0));
        let wanted = [
            ("book.behaviors.immutable".to_owned(), Reason::ImmutableField),
            ("book.behaviors.required".to_owned(), Reason::RequiredField),
        ];
        assert_eq!(wrong, wanted, "{paths:?}");
        assert_eq!(stored, book("old"));
    }
}

#[test]
#[expect(deprecated, reason = "a deprecated field has its behavior too")]
fn a_new_resource_is_cleared_of_what_is_the_servers() {
    let mut created = book("given");
    prepare_create::<Book>(&mut created).unwrap();
    let left =
        Behaviors { output_only: String::new(), deeper: Default::default(), old: String::new(), ..behaviors("given") };
    assert_eq!(created, Book { name: String::new(), behaviors: Some(left), ..Default::default() });

    // Nothing is required of a message that is not there.
    prepare_create::<Book>(&mut Book::default()).unwrap();
    let mut created = Book { behaviors: Some(Behaviors { optional: "o".into(), ..Default::default() }), ..book("x") };
    let wrong = prepare_create::<Book>(&mut created).unwrap_err();
    let mut wrong: Vec<_> = wrong.into_iter().map(|violation| (violation.field, violation.reason)).collect();
    wrong.sort_by(|a, b| a.0.cmp(&b.0));
    let wanted = ["behaviors.immutable", "behaviors.required"].map(|field| (field.to_owned(), Reason::RequiredField));
    assert_eq!(wrong, wanted);
}

#[test]
fn an_answer_is_cleared_of_what_only_goes_in() {
    let holding = |text: &str| {
        let inner = || Circles { r#loop: Some(Box::new(secret(text))), ..Default::default() };
        Circles {
            self_: Some(Box::new(inner())),
            list: vec![inner()],
            map: [("key".into(), inner())].into(),
            r#loop: Some(Box::new(circles::Loop { back: Some(Box::new(inner())), secret: text.into() })),
            optional_self: Some(Box::new(inner())),
        }
    };
    let of = |text: &str| Book {
        circles: Some(holding(text)),
        choices: Some(Box::new(Choices {
            choice: Some(Choice::Book(Box::new(Book { circles: Some(holding(text)), ..Default::default() }))),
            ..Default::default()
        })),
        behaviors: Some(Behaviors {
            input_only: text.into(),
            deeper: [("key".into(), secret(text))].into(),
            ..behaviors("shown")
        }),
        ..Default::default()
    };
    let mut answer = of("hidden");
    prepare_response::<Book>(&mut answer);
    assert_eq!(answer, of(""));
}
