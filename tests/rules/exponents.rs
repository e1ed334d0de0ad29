//! The elementary functions at arguments of every size: no derivative is lost where a product on its way over- or underflows.
//!
//! `data/exponents/elementary.py` makes the references, at some exponents, or at every one for the long walk:
//!
//! ```sh
//! python3 tests/data/exponents/elementary.py 1 > all.txt
//! EXPONENTS=all.txt cargo test --test exponents
//! ```

use crate::data::text;
use crate::functions::by_name;
use crate::walk::{Functions, Walked, walk_f32, walk_f64};
use tangents::Special;

struct Elementary;

impl Functions for Elementary {
    fn call<T: Special>(&self, name: &str, constant: f64, x: T) -> T {
        let c = T::lit(constant);
        match name {
            "sin" => x.sin_cos().0,
            #[allow(clippy::cast_possible_truncation)]
            // and so 2³¹, the `f32` beside the largest `i32`, saturates to it
            "powi" => x.powi(constant as i32),
            "powf" => x.powf(c),
            "power_of" => c.powf(x),
            "log" => x.log(c),
            "log_of" => c.log(x),
            "hypot" => x.hypot(c),
            "atan2" => x.atan2(c),
            "atan2_of" => c.atan2(x),
            "under" => c / x,
            _ => by_name(name, x).unwrap_or_else(|| panic!("{name} isn't among the functions")),
        }
    }
}

fn data() -> String {
    std::env::var("EXPONENTS")
        .map_or_else(|_| text("exponents/elementary.txt"), |file| std::fs::read_to_string(file).unwrap())
}

fn assert_right(Walked { compared, faults }: &Walked, least: usize) {
    assert!(faults.is_empty(), "{} of {compared}:\n{}", faults.len(), faults.join("\n"));
    assert!(*compared > least, "{compared}");
}

#[test]
fn derivatives_of_double_precision_are_right_at_every_size() {
    assert_right(&walk_f64(&Elementary, &data()), 70_000);
}

#[test]
fn derivatives_of_single_precision_are_right_at_every_size() {
    assert_right(&walk_f32(&Elementary, &data()), 60_000);
}
