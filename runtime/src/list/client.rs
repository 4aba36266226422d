//! The client's side (AIP-4233): a pager requests the pages of a list on demand.

mod error;
mod into_page;
mod item_stream;
mod pace;
mod page_stream;
mod pager;
mod pager_parts;
mod repeat_guard;
mod state;

pub use self::error::PagerError;
pub use self::into_page::IntoPage;
pub use self::item_stream::ItemStream;
pub use self::page_stream::PageStream;
pub use self::pager::Pager;
