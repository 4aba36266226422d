//! The server's side: settings of a list method, the checked page of a request, and its result.

mod contents;
mod memory;
mod page;
mod page_size;
mod pages;
mod paging_mode;
mod request_ext;
mod request_violations;

pub use self::contents::PageContents;
pub use self::memory::PageRows;
pub use self::page::Page;
pub use self::page_size::PageSizes;
pub use self::pages::Pages;
pub use self::paging_mode::{CursorFromRows, CustomCursor, OwnOrder, TotalOrder};
pub use self::request_ext::ListRequestExt;
pub(super) use self::request_violations::subject;
