//! Requests that come in lists of requests: each is an update or a read by itself.

use transom::mask::{ReadRequest as _, UpdateRequest as _};
use transom_testdata::batch_requests::widgets::v1::{
    BatchGetWidgetsRequest, BatchUpdateWidgetsRequest, Gadget, GetWidgetRequest, PatchGadgetRequest, Screw,
    UpdateWidgetRequest, Widget,
};

use crate::given::mask;

#[test]
fn update_in_a_batch_applies_like_one_of_its_own() {
    let update = |title: &str, paths: &[&str]| UpdateWidgetRequest {
        widget: Some(Widget { title: title.into(), state: "NEW".into(), ..Default::default() }),
        update_mask: mask(paths),
        etag: String::new(),
    };
    let batch = BatchUpdateWidgetsRequest {
        parent: "shops/1".into(),
        requests: vec![update("a", &["title", "state"]), update("b", &["screw.length"])],
    };
    let screw = Some(Screw { length: 3 });
    let mut stored = Widget { name: "widgets/1".into(), state: "OLD".into(), screw, ..Default::default() };
    for request in batch.requests {
        request.apply_to(&mut stored).unwrap();
    }
    assert_eq!((stored.title.as_str(), stored.state.as_str(), stored.screw), ("a", "OLD", Some(Screw { length: 0 })));
}

#[test]
fn patch_in_a_batch_applies_what_is_set() {
    let mut stored = Gadget { name: "gadgets/1".into(), title: "old".into() };
    PatchGadgetRequest { name: "gadgets/1".into(), title: Some("new".into()) }.apply_to(&mut stored).unwrap();
    assert_eq!(stored.title, "new");
}

#[test]
fn read_in_a_batch_selects_fields_of_the_resource() {
    let request = GetWidgetRequest { name: "widgets/1".into(), read_mask: mask(&["title"]) };
    let batch = BatchGetWidgetsRequest { requests: vec![request] };
    let mut widget = Widget { name: "widgets/1".into(), title: "a".into(), ..Default::default() };
    batch.requests[0].read_mask().unwrap().project(&mut widget);
    assert_eq!(widget, Widget { title: "a".into(), ..Default::default() });
}
