//! Panics by contract: of calls whose shapes don't fit.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether a call that may panic, unreported, is running on this thread.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Where the last of them panicked, and with which message.
    static REPORT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What `call` returns, if it is to return; nothing if it is to panic with `message` and does, at a line of the file that this
/// is called from.
#[track_caller]
pub fn returns_or_panics<R>(call: impl FnOnce() -> R, message: Option<String>) -> Option<R> {
    let result = without_report(call);
    let report = || REPORT.take();
    match (result, message) {
        (Some(result), None) => Some(result),
        (None, None) => panic!("{}", report()),
        (Some(_), Some(message)) => panic!("it returned instead of a panic, {message}"),
        (None, Some(message)) => {
            let (report, here) = (report(), Location::caller().file());
            assert!(
                report.starts_with(&format!("panicked at {here}:"))
                    && report.ends_with(&format!(":\n{message}")),
                "the panic must be in {here}, {message}, but it {report}"
            );
            None
        }
    }
}

/// What `call` returns unless it panics. A panic isn't printed then, nor does libFuzzer learn of it, whose hook would end the
/// process.
pub fn without_report<R>(call: impl FnOnce() -> R) -> Option<R> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let of_others = take_hook();
        set_hook(Box::new(move |panic| {
            if RUNNING.get() {
                REPORT.set(panic.to_string());
            } else {
                of_others(panic);
            }
        }));
    });
    let around = RUNNING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call)).ok();
    RUNNING.set(around);
    result
}
