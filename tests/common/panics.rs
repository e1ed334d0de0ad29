//! Panics as values: what they say, and where they are reported.

// Each test file compiles its own copy and uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// What a panic said, and where it was reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Panicked {
    pub message: String,
    pub file: String,
    pub line: u32,
}

/// What a thread knows of the panic that it waits for.
enum Waiting {
    Not,
    For(Option<Panicked>),
}

thread_local! {
    static WAITING: RefCell<Waiting> = const { RefCell::new(Waiting::Not) };
}

/// The panic that `f` ends with, if it does.
pub fn panic_of(f: impl FnOnce()) -> Option<Panicked> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |info| {
            let payload = info.payload();
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let message = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default().to_owned();
            let location = info.location().expect("a panic is somewhere");
            let found = Panicked { message, file: location.file().to_owned(), line: location.line() };
            let waited_for = WAITING.with_borrow_mut(|waiting| match waiting {
                Waiting::Not => false,
                Waiting::For(panicked) => {
                    *panicked = Some(found);
                    true
                }
            });
            if !waited_for {
                others(info);
            }
        }));
    });
    WAITING.set(Waiting::For(None));
    let result = catch_unwind(AssertUnwindSafe(f));
    let Waiting::For(panicked) = WAITING.replace(Waiting::Not) else { unreachable!("set above") };
    assert_eq!(result.is_err(), panicked.is_some());
    panicked
}

/// Asserts that `f`, a closure that stands in the call of this, panics with this message and names a line of its own.
#[track_caller]
pub fn assert_panics(message: &str, f: impl FnOnce()) {
    let caller = Location::caller();
    let panicked = panic_of(f).unwrap_or_else(|| panic!("no panic: {message}"));
    assert_eq!(panicked.message, message);
    assert_eq!(panicked.file, caller.file(), "{message}: not at the caller's line");
    let lines = caller.line()..=caller.line() + 3;
    assert!(lines.contains(&panicked.line), "{message}: line {}, not in {lines:?}", panicked.line);
}

/// The message where the results of two passes over one point have these two lengths.
pub fn two_shapes(first: usize, later: usize) -> String {
    let results = "the function returned results of two shapes in two passes over one point";
    format!("{results}: {}", shape(first, later))
}

/// The message where a direction has another length than the point.
pub fn wrong_direction(expected: usize, found: usize) -> String {
    format!("the direction must have the shape of the point: {}", shape(expected, found))
}

/// How a message names both lengths.
pub fn shape(expected: usize, found: usize) -> String {
    format!("it has {found} numbers or parts where there must be {expected}")
}
