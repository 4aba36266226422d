//! Calls code of others that may panic, and keeps its panic from the user.

use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Runs `call`; `None` when it panics. Nothing is printed then; panics of other threads are
/// reported as ever.
pub(super) fn quietly<T>(call: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    /// The panic hook belongs to the whole process: one change at a time.
    static HOOK: Mutex<()> = Mutex::new(());

    // The hook cannot be changed during a panic; a destructor must then go without the answer.
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
    use super::quietly;

    #[test]
    fn a_panic_becomes_nothing() {
        assert_eq!(quietly(|| 1), Some(1));
        assert_eq!(quietly(|| -> u8 { panic!("not to be seen") }), None);
        assert_eq!(quietly(|| 2), Some(2));
    }
}
