//! A list of numbers and a server for it that does what a test tells it.
#![allow(missing_docs)]

use std::cell::RefCell;
use std::rc::Rc;

use transom::__private::Plain;

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListNumbersRequest {
    pub(crate) parent: String,
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
    pub(crate) skip: Option<i32>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListNumbersResponse {
    pub(crate) numbers: Vec<i32>,
    pub(crate) next_page_token: String,
    pub(crate) total_size: i32,
}

transom::__private::fields! {
    impl ListNumbersRequest = "numbers.v1.ListNumbersRequest", reaches [];
    0 PARENT = 1, "parent", "parent", [] string: implicit(parent);
    1 PAGE_SIZE = 2, "page_size", "pageSize", [] int32: implicit(page_size);
    2 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: implicit(page_token);
    3 SKIP = 4, "skip", "skip", [] int32: optional(skip);
}

transom::__private::list_request! {
    impl ListNumbersRequest for Plain<i32>, response ListNumbersResponse, method "/numbers.v1.Numbers/ListNumbers";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, skip = skip: SKIP;
    items = numbers, next_page_token = next_page_token, total_size = total_size;
}

/// Answers from a script: for each token a page and the next token; every request is written down.
#[derive(Clone, Default)]
pub(crate) struct Script {
    pages: Rc<Vec<(&'static str, Vec<i32>, &'static str)>>,
    asked: Rc<RefCell<Vec<String>>>,
    skipped: Rc<RefCell<Vec<Option<i32>>>>,
    failures: Rc<RefCell<Vec<usize>>>,
}

impl Script {
    pub(crate) fn new(pages: &[(&'static str, &[i32], &'static str)]) -> Self {
        let pages = pages.iter().map(|(token, numbers, next)| (*token, numbers.to_vec(), *next)).collect();
        Self { pages: Rc::new(pages), ..Self::default() }
    }

    /// The calls with these numbers, from 0, fail.
    pub(crate) fn failing(self, calls: &[usize]) -> Self {
        *self.failures.borrow_mut() = calls.to_vec();
        self
    }

    pub(crate) fn call(&self, request: &ListNumbersRequest) -> Result<ListNumbersResponse, String> {
        assert_eq!((request.parent.as_str(), request.page_size), ("all", 7), "the other arguments are repeated");
        let number = self.asked.borrow().len();
        self.asked.borrow_mut().push(request.page_token.clone());
        self.skipped.borrow_mut().push(request.skip);
        if self.failures.borrow().contains(&number) {
            return Err(format!("call {number} failed"));
        }
        let page = self.pages.iter().find(|(token, ..)| *token == request.page_token);
        let (_, numbers, next) = page.unwrap_or_else(|| panic!("there is no token {:?}", request.page_token));
        Ok(ListNumbersResponse { numbers: numbers.clone(), next_page_token: (*next).to_owned(), total_size: 100 })
    }

    /// The tokens that were asked for so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }

    /// Number of items to skip, for each call so far.
    pub(crate) fn skipped(&self) -> Vec<Option<i32>> {
        self.skipped.borrow().clone()
    }
}

pub(crate) fn request() -> ListNumbersRequest {
    ListNumbersRequest { parent: "all".to_owned(), page_size: 7, page_token: String::new(), skip: None }
}
