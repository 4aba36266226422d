//! Effect of the options about lists. Messages alone need no runtime.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use transom_build::__internal::generate;
use transom_build::__internal::{Compiled, Compiler, ImportScope};

fn compile(case: &str, proto: &str) -> Compiled {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok").join(case);
    let file = folder.join(proto);
    Compiler::new().include(&folder).file(&file).imports(ImportScope::TypesUsed).compile().unwrap()
}

/// The file of the package `library.v1`, of lists and one read.
fn library(parameter: &str) -> String {
    let compiled = compile("list_requests", "library/v1/library.proto");
    let files = generate(compiled.request(parameter)).unwrap().result.unwrap().files;
    files.into_iter().find(|file| file.name == "library.v1.rs").unwrap().content
}

/// The file of a package whose list is named by keywords.
fn keywords(parameter: &str) -> String {
    let compiled = compile("list_keywords", "type/list/list.proto");
    let files = generate(compiled.request(parameter)).unwrap().result.unwrap().files;
    files.into_iter().find(|file| file.name == "type.list.rs").unwrap().content
}

/// Returns the errors about the options with the package `library.v1` of the case for options.
fn errors(parameter: &str) -> String {
    let compiled = compile("list_options", "library/v1/library.proto");
    generate(compiled.request(parameter)).unwrap().result.err().unwrap_or_default()
}

fn lists(content: &str) -> usize {
    content.matches("::list_request! {").count() + content.matches("::offset_request! {").count()
}

fn describes(content: &str, message: &str) -> bool {
    content.contains(&format!("    impl {message} = \""))
}

#[test]
fn the_option_chooses_whether_lists_are_told() {
    let all = library("");
    assert!(lists(&all) == 22 && all.contains("read_request! {"), "{}", lists(&all));
    assert!(describes(&all, "Shelf") && describes(&all, "ListShelvesRequest") && describes(&all, "Author"));
    assert!(!describes(&all, "ListShelvesResponse") && !describes(&all, "PlainRequest"));
    assert_eq!(library("pagination"), all);
    assert_eq!(library("pagination=true,field_mask=true"), all);
    let none = library("pagination=false,pagination_items=.library.v1.LookAlikes.ListB=shelves");
    assert!(lists(&none) == 0 && none.contains("read_request! {"));
    assert!(!describes(&none, "Shelf") && !describes(&none, "ListShelvesRequest"));
    // Masks and lists are chosen apart.
    let unmasked = library("field_mask=false,field_mask_root=.library.v1.PlainRequest");
    assert!(lists(&unmasked) == 22 && !unmasked.contains("read_request! {"));
    assert!(!describes(&unmasked, "ListBooksResponse") && !describes(&unmasked, "PlainRequest"));
}

#[test]
fn a_limit_alone_is_that_of_a_list_where_the_method_says_so() {
    let all = library("");
    assert!(all.contains("    impl ScanBooksRequest for Book, method \"/library.v1.Streamed/ScanBooks\";"));
    assert!(!describes(&all, "NoTokenRequest"));
}

#[test]
fn what_items_hold_is_described_where_something_can_ask_for_it() {
    let parent = |kind: &str| format!("1 PARENT = 2, \"parent\", \"parent\", [] {kind}: optional(parent);");
    // Nobody can filter or order shelves, but books.
    let all = library("");
    assert!(all.contains(&parent("opaque(Shelf, \"library.v1.Shelf\")")));
    assert!(describes(&all, "Author"));
    for parameter in ["field_mask=all", "field_mask_root=.library.v1.Shelf"] {
        assert!(library(parameter).contains(&parent("message(Shelf)")), "{parameter}");
    }
}

#[test]
fn masks_are_about_the_items_of_lists_whether_or_not_lists_are_told() {
    let items = "    impl Fn for Type, mask \"read_mask\" = read_mask;";
    for parameter in ["", "pagination=false"] {
        assert!(keywords(parameter).contains(items), "{parameter}");
    }
}

#[test]
fn bare_messages_need_no_runtime() {
    const BARE: &str = "server=false,client=false";
    let with = |more: &str| library(&format!("{BARE},{more}"));
    assert!(!library(BARE).contains("::transom::"));
    assert!(library("server=false") == library("server=false,field_mask=true,pagination=true"));
    let masks = with("field_mask=true");
    assert!(masks.contains("read_request! {") && lists(&masks) == 0);
    assert_eq!(with("field_mask_root=.library.v1.Shelf").matches("read_request! {").count(), 1);
    let described = with("field_mask=all");
    assert!(describes(&described, "PlainRequest") && lists(&described) == 0);
    let paged = with("pagination=true");
    assert!(lists(&paged) == 22 && !paged.contains("read_request! {"));
    assert_eq!(lists(&with("pagination_items=.library.v1.LookAlikes.ListB=shelves")), 23);
}

#[test]
fn methods_are_taken_out_by_their_paths_and_by_those_around_them() {
    assert_eq!(lists(&library("pagination_except=.library.v1.Offset.GetLoans")), 21);
    assert_eq!(lists(&library("pagination_except=.library.v1.Offset")), 19);
    // A prefix of a name is no path.
    assert_eq!(lists(&library("pagination_except=.library.v1.Off")), 22);
    assert_eq!(lists(&library("pagination_except=.")), 0);
    // A request that another method has too is told of by that one.
    let other = library("pagination_except=.library.v1.Paged.ListShelves");
    assert!(other.contains(
        "    impl ListShelvesRequest for Shelf, response ListShelvesResponse, method \"/library.v1.Paged/FindShelves\", \"/library.v1.Streamed/StreamShelves\";"
    ));
    let streamed = library("pagination_except=.library.v1.Paged");
    assert!(streamed.contains("    impl ListShelvesRequest for Shelf, method \"/library.v1.Streamed/StreamShelves\";"));
}

#[test]
fn choices_that_cannot_be_are_refused() {
    const LIST: &str = "pagination_items=.library.v1.Choices.ListUnordered";
    let ambiguous = errors("");
    assert_eq!(ambiguous.matches("could be two fields of its response").count(), 2, "{ambiguous}");
    assert_eq!(errors(&format!("{LIST}=earlier,pagination_except=.library.v1.Choices.ListNothing")), "");
    assert_eq!(errors("pagination=false"), "");
    for bad in [LIST.to_owned(), format!("{LIST}=a.b"), format!("{LIST}="), "pagination_items=Choices=x".to_owned()] {
        assert!(errors(&bad).contains("write `pagination_items=.PROTO_PATH.METHOD=FIELD`"), "{bad}");
    }
    assert!(errors(&format!("{LIST}=earlier,{LIST}=later")).contains("ListUnordered` twice"));
}

#[test]
fn second_page_size_is_a_warning_at_its_field() {
    let compiled = compile("list_requests", "library/v1/library.proto");
    let warnings = generate(compiled.request("")).unwrap().warnings;
    let [warning] = warnings.as_slice() else { panic!("{warnings:#?}") };
    let expected = "warning: `max_results` of `ListAuthorsRequest` is ignored: `page_size` is the size of its pages";
    assert!(warning.contains("library.proto:") && warning.contains(expected), "{warning}");
    // Where it is the only size, it counts.
    assert!(generate(compiled.request("pagination=false")).unwrap().warnings.is_empty());
}
