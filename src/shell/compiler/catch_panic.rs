//! Calls to foreign code that may panic.

use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Calls `call` and returns `None` if it panics. The panic is not printed. Panics of other threads are printed as usual.
pub(super) fn catch_panic<T>(call: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    /// The panic hook belongs to the process, so only one thread may replace it at a time.
    static HOOK: Mutex<()> = Mutex::new(());

    // `set_hook` panics on a thread that is panicking, for example in a destructor.
    if thread::panicking() {
        return None;
    }
    let _guard = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
    let this_thread = thread::current().id();
    let before = Arc::new(panic::take_hook());
    let others = Arc::clone(&before);
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if thread::current().id() != this_thread {
            others(info);
        }
    }));
    let result = panic::catch_unwind(call).ok();
    drop(panic::take_hook());
    match Arc::try_unwrap(before) {
        Ok(before) => panic::set_hook(before),
        // Another thread is inside the hook right now.
        Err(before) => panic::set_hook(Box::new(move |info| before(info))),
    }
    result
}

#[cfg(test)]
mod tests {
    use super::catch_panic;

    #[test]
    fn catch_panic_returns_none_on_panic() {
        assert_eq!(catch_panic(|| 1), Some(1));
        assert_eq!(catch_panic(|| -> u8 { panic!("must not be printed") }), None);
        assert_eq!(catch_panic(|| 2), Some(2));
    }
}
