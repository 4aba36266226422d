//! Requests that say both what to change and what to return, with and without presence.

use transom::mask::{Outcome, ReadRequest as _, UpdateRequest as _};
use transom::violation::Reason;
use transom_testdata::list_keywords::r#type::list as keywords;
use transom_testdata::request_syntaxes::archive::v1::{
    Box, Folder, GetFolderRequest, ModifyFolderRequest, PatchFolderRequest, UpdateBoxRequest, UpdateFolderRequest,
};
use transom_testdata::update_requests::fleet::v1::{Depot, UpdateDepotRequest};

use crate::given::{mask, refused};

fn folder() -> Folder {
    Folder { name: "a".into(), title: Some("old".into()), etag: Some("1".into()), sheets: Some(2) }
}

#[test]
fn an_update_says_what_its_answer_holds() {
    let request = UpdateDepotRequest {
        depot: Some(Depot { name: "new".into(), ..Default::default() }),
        update_mask: mask(&["name"]),
        read_mask: mask(&["trucks"]),
    };
    let read = request.read_mask().unwrap();
    let mut stored = Depot { name: "old".into(), trucks: vec![Default::default()] };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["name"]);
    assert_eq!(stored.name, "new");
    read.project(&mut stored);
    assert_eq!(stored, Depot { name: String::new(), trucks: vec![Default::default()] });
}

#[test]
fn each_mask_is_refused_under_its_own_name() {
    let request = UpdateDepotRequest { depot: None, update_mask: mask(&["a"]), read_mask: mask(&["b"]) };
    assert_eq!(request.read_mask().unwrap_err().as_slice()[0].field, "read_mask.paths[0]");
    let wrong = refused(request.apply_to(&mut Depot::default()));
    assert!(wrong.contains(&("update_mask.paths[0]".into(), Reason::UnknownField)), "{wrong:?}");
}

#[test]
fn what_proto2_requires_is_taken_as_it_is() {
    let request = UpdateFolderRequest {
        folder: Folder { title: Some("new".into()), sheets: Some(9), etag: None, ..folder() },
        update_mask: mask(&["title"]).unwrap(),
        read_mask: mask(&["title"]).unwrap(),
        allow_missing: true,
        etag: "1".into(),
    };
    assert_eq!(request.read_mask().unwrap().paths(), ["title"]);
    let mut stored = folder();
    assert_eq!(request.clone().apply_to(&mut stored).unwrap().paths(), ["title"]);
    assert_eq!(stored, Folder { title: Some("new".into()), ..folder() });
    assert!(UpdateFolderRequest { etag: "2".into(), ..request.clone() }.apply_to(&mut stored).is_err());
    let created = UpdateFolderRequest { etag: String::new(), ..request }.apply_or_create(None).unwrap();
    assert!(matches!(created.outcome, Outcome::Created) && created.resource.sheets == Some(9));
    let read = GetFolderRequest { read_mask: mask(&[]).unwrap() };
    assert_eq!(read.read_mask().unwrap().paths(), ["*"]);
}

#[test]
fn proto2_and_editions_have_updates_of_every_presence() {
    let mut stored = folder();
    let request =
        ModifyFolderRequest { folder: Some(Folder { title: None, ..folder() }), update_mask: mask(&["title"]) };
    request.apply_to(&mut stored).unwrap();
    assert_eq!(stored.title, None);
    let request =
        PatchFolderRequest { name: "a".into(), title: Some("new".into()), read_mask: mask(&["title", "sheets"]) };
    assert_eq!(request.read_mask().unwrap().paths(), ["sheets", "title"]);
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["title"]);
    let mut stored = Box { name: "b".into(), height: Some(1) };
    let request = UpdateBoxRequest {
        r#box: Box { name: "b".into(), height: None },
        update_mask: mask(&["*"]).unwrap(),
        read_mask: None,
    };
    assert_eq!(request.read_mask().unwrap().paths(), ["*"]);
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["height"]);
}

#[test]
fn the_mask_of_a_list_is_about_its_items() {
    let request = keywords::Fn { read_mask: mask(&["ref"]), ..Default::default() };
    assert!(request.read_mask().unwrap().includes(keywords::Type::REF));
    let update = keywords::UpdateTypeRequest {
        r#type: Some(keywords::Type { r#ref: "new".into(), ..Default::default() }),
        update_mask: mask(&["ref"]),
        read_mask: mask(&["super"]),
    };
    assert_eq!(update.read_mask().unwrap().paths(), ["super"]);
    let mut stored = keywords::Type::default();
    assert_eq!(update.apply_to(&mut stored).unwrap().paths(), ["ref"]);
}
