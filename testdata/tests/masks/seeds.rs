//! The examples: an update by a mask, by optional fields, by wrappers, and one with annotations.

use transom::mask::{UpdateRequest as _, prepare_create};
use transom::violation::Reason;
use transom_testdata::annotated::library::v1::{Shelf, UpdateShelfRequest};
use transom_testdata::{
    ecommerce::ecommerce::v1 as ecommerce, user_patch::user::v1 as patch, users::users::v1 as users,
};

use crate::given::{mask, refused, time};

#[test]
fn ecommerce_updates_by_a_mask() {
    use ecommerce::{UpdateUserRequest, User, UserStatus};

    let user = || User {
        user_id: "7".into(),
        email: "a@b".into(),
        created_at: Some(time(1)),
        roles: vec!["admin".into()],
        ..Default::default()
    };
    let given = User {
        user_id: "7".into(),
        name: "Ann".into(),
        status: UserStatus::Active.into(),
        created_at: Some(time(2)),
        updated_at: Some(time(2)),
        ..Default::default()
    };
    let request = |paths: &[&str]| UpdateUserRequest { user: Some(given.clone()), update_mask: mask(paths) };

    let mut stored = user();
    let changed = request(&["name", "status", "roles", "created_at"]).apply_to(&mut stored).unwrap();
    assert_eq!(changed.paths(), ["name", "roles", "status"]);
    let updated = User { name: "Ann".into(), status: UserStatus::Active.into(), roles: Vec::new(), ..user() };
    assert_eq!(stored, updated);

    // Without a mask nothing is cleared; with `*` everything that the server does not set.
    let mut stored = user();
    assert_eq!(request(&[]).apply_to(&mut stored).unwrap().paths(), ["name", "status"]);
    assert_eq!(stored.roles, ["admin"]);
    let mut stored = user();
    assert_eq!(request(&["*"]).apply_to(&mut stored).unwrap().paths(), ["email", "name", "roles", "status"]);
    assert_eq!(stored, User { email: String::new(), ..updated });

    let wrong = refused(request(&["name", "createdAt", "email.x"]).apply_to(&mut stored));
    let wanted = [("update_mask.paths[1]", Reason::UnknownField), ("update_mask.paths[2]", Reason::NoSubfields)];
    assert_eq!(wrong, wanted.map(|(field, reason)| (field.to_owned(), reason)));
    let request = UpdateUserRequest { user: None, update_mask: mask(&["name"]) };
    assert_eq!(refused(request.apply_to(&mut stored)), [("user".into(), Reason::MissingResource)]);
}

#[test]
fn user_patch_updates_by_optional_fields() {
    use patch::{UpdateUserRequest, User, UserRole};

    let user = || User { id: "7".into(), email: "a@b".into(), role: UserRole::Admin.into(), ..Default::default() };
    let mut stored = user();
    let request = UpdateUserRequest {
        id: "8".into(),
        email: Some(String::new()),
        name: None,
        role: Some(UserRole::Member.into()),
    };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["email", "role"]);
    assert_eq!(stored, User { email: String::new(), role: UserRole::Member.into(), ..user() });
}

#[test]
fn users_updates_by_wrappers() {
    use users::{UpdateUserRequest, User};

    let user = || User { id: "7".into(), email: "a@b".into(), name: "Ann".into(), age: 9, ..Default::default() };
    let mut stored = user();
    let request = UpdateUserRequest { id: "8".into(), email: None, name: Some(String::new()) };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["name"]);
    assert_eq!(stored, User { name: String::new(), ..user() });
}

#[test]
fn annotated_updates_as_its_annotations_ask() {
    let shelf = || Shelf { name: "shelves/1".into(), theme: "art".into(), book_count: 3, owner: "a@b".into() };
    let update = |stored: &mut Shelf, given: Shelf, paths: &[&str]| {
        UpdateShelfRequest { shelf: Some(given), update_mask: mask(paths) }.apply_to(stored)
    };

    // `book_count` is the server's, and the same owner is no change.
    let mut stored = shelf();
    let given = Shelf { theme: "war".into(), book_count: 9, ..shelf() };
    assert_eq!(update(&mut stored, given, &["*"]).unwrap().paths(), ["theme"]);
    assert_eq!(stored, Shelf { theme: "war".into(), ..shelf() });

    let mut stored = shelf();
    let given = Shelf { name: "shelves/2".into(), owner: "c@d".into(), ..Default::default() };
    let mut wrong = refused(update(&mut stored, given, &["owner", "theme", "name"]));
    wrong.sort_by(|a, b| a.0.cmp(&b.0));
    let wanted = [
        ("shelf.name", Reason::ImmutableField),
        ("shelf.owner", Reason::ImmutableField),
        ("shelf.theme", Reason::RequiredField),
    ];
    assert_eq!(wrong, wanted.map(|(field, reason)| (field.to_owned(), reason)));
    assert_eq!(stored, shelf());
}

#[test]
fn annotated_is_made_ready_to_be_stored() {
    let mut shelf = Shelf { name: "mine".into(), theme: "art".into(), book_count: 3, owner: "a@b".into() };
    prepare_create::<Shelf>(&mut shelf).unwrap();
    assert_eq!(shelf, Shelf { theme: "art".into(), owner: "a@b".into(), ..Default::default() });

    let violations = prepare_create::<Shelf>(&mut Shelf::default()).unwrap_err();
    assert_eq!(violations.subject().resource_type(), "library.example.com/Shelf");
    let wrong: Vec<_> = violations.into_iter().map(|violation| (violation.field, violation.reason)).collect();
    assert_eq!(wrong, [("theme".into(), Reason::RequiredField)]);
}
