//! What is measured and what was aimed at, as it is kept between the builds and the report.

use serde::{Deserialize, Serialize};

/// Whose code an entry runs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Who {
    /// The function without derivatives.
    Plain,
    /// Its derivative written by hand.
    Hand,
    /// This crate.
    Tangents,
    NumDual,
    Hyperjet,
    Hyperdual,
    Autodiff,
    Ceres,
    Sacado,
    Jax,
}

impl Who {
    pub const PEERS: [Self; 7] = [
        Self::NumDual,
        Self::Hyperjet,
        Self::Hyperdual,
        Self::Autodiff,
        Self::Ceres,
        Self::Sacado,
        Self::Jax,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain function",
            Self::Hand => "by hand",
            Self::Tangents => "tangents",
            Self::NumDual => "num-dual",
            Self::Hyperjet => "hyperjet",
            Self::Hyperdual => "hyperdual",
            Self::Autodiff => "autodiff",
            Self::Ceres => "Ceres Jet",
            Self::Sacado => "Sacado",
            Self::Jax => "JAX",
        }
    }

    fn is_rust_crate(self) -> bool {
        matches!(self, Self::NumDual | Self::Hyperjet | Self::Hyperdual | Self::Autodiff)
    }
}

/// What a workload should reach.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub enum Goal {
    /// So many times as fast as the best peer.
    OverPeers(f64),
    /// So many times as fast as the best peer in Rust.
    OverRust(f64),
    /// So many times as fast as Ceres's `Jet`.
    OverCeres(f64),
    /// At most so many times as long as the derivative by hand.
    WithinHand(f64),
    /// At most so many times as long as the plain function, and a division for each elementary function in it.
    WithinPlain(f64),
}

/// The note of the entry that a goal [`WithinPlain`](Goal::WithinPlain) needs besides the plain function's.
pub const WITH_DIVISIONS: &str = "with a division for each elementary function";

impl Goal {
    pub fn describe(self) -> String {
        match self {
            Self::OverPeers(times) => format!("≥ {times}× as fast as the best peer"),
            Self::OverRust(times) => format!("≥ {times}× as fast as the best Rust crate"),
            Self::OverCeres(times) => format!("≥ {times}× as fast as Ceres Jet"),
            Self::WithinHand(times) => format!("≤ {times}× by hand"),
            Self::WithinPlain(times) => format!("≤ {times}× plain, and a division per function"),
        }
    }

    /// What was reached, and whether that is enough; none if the comparison wasn't made.
    pub fn judge(self, measured: &Measured) -> Option<(f64, bool)> {
        let ours = measured.ours()?.nanoseconds;
        let over = |time: f64, times: f64| (time / ours, time / ours >= times);
        let within = |time: f64, times: f64| (ours / time, ours / time <= times);
        Some(match self {
            Self::OverPeers(times) => over(measured.best_peer()?.nanoseconds, times),
            Self::OverRust(times) => over(measured.best_where(Who::is_rust_crate)?.nanoseconds, times),
            Self::OverCeres(times) => over(measured.best_of(Who::Ceres)?.nanoseconds, times),
            Self::WithinHand(times) => within(measured.best_of(Who::Hand)?.nanoseconds, times),
            Self::WithinPlain(times) => {
                let plain = measured.plain()?.nanoseconds;
                let divided = measured.entries.iter().find(|entry| entry.note == WITH_DIVISIONS)?;
                let divisions = (divided.nanoseconds - plain).max(0.0);
                within(plain + divisions / times, times)
            }
        })
    }
}

/// What came out for a workload.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Measured {
    pub name: String,
    pub goals: Vec<Goal>,
    pub entries: Vec<MeasuredEntry>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MeasuredEntry {
    pub who: Who,
    /// What tells it from others of the same author.
    pub note: String,
    pub nanoseconds: f64,
}

impl Measured {
    /// The entry of this crate that counts: the first, which is the call that a user makes first.
    pub fn ours(&self) -> Option<&MeasuredEntry> {
        self.entries.iter().find(|entry| entry.who == Who::Tangents)
    }

    pub fn plain(&self) -> Option<&MeasuredEntry> {
        self.entries.iter().find(|entry| entry.who == Who::Plain)
    }

    /// The fastest entry of an author.
    pub fn best_of(&self, who: Who) -> Option<&MeasuredEntry> {
        self.best_where(|other| other == who)
    }

    /// The fastest entry of the peers. JAX isn't one of them: what it takes is the call's overhead.
    pub fn best_peer(&self) -> Option<&MeasuredEntry> {
        self.best_where(|who| who > Who::Tangents && who != Who::Jax)
    }

    fn best_where(&self, which: impl Fn(Who) -> bool) -> Option<&MeasuredEntry> {
        let chosen = self.entries.iter().filter(|entry| which(entry.who));
        chosen.min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))
    }
}

/// The middle of an odd number of numbers; the upper middle of an even one.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
