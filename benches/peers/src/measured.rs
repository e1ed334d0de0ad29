//! What is measured and what was aimed at, as it is kept between the builds and the report.

use serde::{Deserialize, Serialize};

/// Whose code an entry runs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Who {
    /// The function without derivatives.
    Plain,
    /// Its derivative written by hand.
    Hand,
    /// This crate, by a direct call or on its numbers.
    Tangents,
    /// This crate, by a method of a function value.
    FunctionValue,
    NumDual,
    Hyperjet,
    Hyperdual,
    Autodiff,
    AdTrait,
    /// Its numbers with lanes, forward mode as all that stands above.
    Echidna,
    /// Its reverse mode, which records a tape each time.
    EchidnaReverse,
    /// Its tapes that are recorded once and replayed, whatever branches another point would take.
    EchidnaTape,
    /// Those with a pattern of what isn't zero.
    EchidnaSparse,
    Ceres,
    Sacado,
    Jax,
}

impl Who {
    pub const PEERS: [Self; 12] = [
        Self::NumDual,
        Self::Hyperjet,
        Self::Hyperdual,
        Self::Autodiff,
        Self::AdTrait,
        Self::Echidna,
        Self::EchidnaReverse,
        Self::EchidnaTape,
        Self::EchidnaSparse,
        Self::Ceres,
        Self::Sacado,
        Self::Jax,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain function",
            Self::Hand => "by hand",
            Self::Tangents => "tangents",
            Self::FunctionValue => "tangents, function value",
            Self::NumDual => "num-dual",
            Self::Hyperjet => "hyperjet",
            Self::Hyperdual => "hyperdual",
            Self::Autodiff => "autodiff",
            Self::AdTrait => "ad_trait",
            Self::Echidna => "echidna",
            Self::EchidnaReverse => "echidna, reverse",
            Self::EchidnaTape => "echidna, replayed tape",
            Self::EchidnaSparse => "echidna, sparse",
            Self::Ceres => "Ceres Jet",
            Self::Sacado => "Sacado",
            Self::Jax => "JAX",
        }
    }

    /// Whether it is this crate.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Tangents | Self::FunctionValue)
    }

    /// Whether it computes the same derivatives as this crate. What is given a pattern computes fewer, and what JAX takes is
    /// the call's overhead.
    fn is_peer(self) -> bool {
        self.is_forward_peer() || matches!(self, Self::EchidnaReverse | Self::EchidnaTape)
    }

    /// Whether it computes them in forward mode too.
    fn is_forward_peer(self) -> bool {
        self.is_rust_crate() || matches!(self, Self::Ceres | Self::Sacado)
    }

    /// Whether it is a crate in forward mode.
    fn is_rust_crate(self) -> bool {
        matches!(
            self,
            Self::NumDual | Self::Hyperjet | Self::Hyperdual | Self::Autodiff | Self::AdTrait | Self::Echidna
        )
    }
}

/// What a workload should reach with default flags: its function value, or the direct call where it has none.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub enum Goal {
    /// So many times as fast as the best peer.
    OverPeers(f64),
    /// So many times as fast as the best peer in forward mode.
    OverForward(f64),
    /// So many times as fast as echidna's reverse mode.
    OverReverse(f64),
    /// So many times as fast as the best peer in Rust.
    OverRust(f64),
    /// So many times as fast as Ceres's `Jet`, compiled by clang as Rust is by its LLVM.
    OverCeres(f64),
    /// At most so many times as long as the derivative by hand.
    WithinHand(f64),
}

impl Goal {
    pub fn describe(self) -> String {
        match self {
            Self::OverPeers(times) => format!("≥ {times}× as fast as the best peer"),
            Self::OverForward(times) => format!("≥ {times}× as fast as the best forward peer"),
            Self::OverReverse(times) => format!("≥ {times}× as fast as echidna's reverse mode"),
            Self::OverRust(times) => format!("≥ {times}× as fast as the best Rust crate"),
            Self::OverCeres(times) => format!("≥ {times}× as fast as Ceres Jet by clang"),
            Self::WithinHand(times) => format!("≤ {times}× by hand"),
        }
    }

    /// What was reached, and whether that is enough; none if the comparison wasn't made.
    pub fn judge(self, measured: &Measured) -> Option<(f64, bool)> {
        let ours = measured.counts()?.nanoseconds;
        let over = |time: f64, times: f64| (time / ours, time / ours >= times);
        let within = |time: f64, times: f64| (ours / time, ours / time <= times);
        let best = |which: &dyn Fn(&MeasuredEntry) -> bool| Some(measured.best_where(which)?.nanoseconds);
        Some(match self {
            Self::OverPeers(times) => over(measured.best_peer()?.nanoseconds, times),
            Self::OverForward(times) => over(best(&|entry| entry.who.is_forward_peer())?, times),
            Self::OverReverse(times) => over(best(&|entry| entry.who == Who::EchidnaReverse)?, times),
            Self::OverRust(times) => over(best(&|entry| entry.who.is_rust_crate())?, times),
            Self::OverCeres(times) => over(best(&MeasuredEntry::is_ceres_by_clang)?, times),
            Self::WithinHand(times) => within(measured.best_of(Who::Hand)?.nanoseconds, times),
        })
    }
}

/// How many times as long as with native flags the entries that count may take with default flags.
pub const DEFAULT_WITHIN_NATIVE: f64 = 1.15;

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

impl MeasuredEntry {
    /// The compiler's name ends the note.
    fn is_ceres_by_clang(&self) -> bool {
        self.who == Who::Ceres && self.note.ends_with("clang++")
    }
}

impl Measured {
    /// The entry that counts: that of the function value, or of the direct call where the workload has none.
    pub fn counts(&self) -> Option<&MeasuredEntry> {
        self.function_value().or_else(|| self.direct_call())
    }

    /// The first entry of a function value, which is the call that a user makes first.
    pub fn function_value(&self) -> Option<&MeasuredEntry> {
        self.entries.iter().find(|entry| entry.who == Who::FunctionValue)
    }

    /// The first entry of a direct call.
    pub fn direct_call(&self) -> Option<&MeasuredEntry> {
        self.entries.iter().find(|entry| entry.who == Who::Tangents)
    }

    pub fn plain(&self) -> Option<&MeasuredEntry> {
        self.entries.iter().find(|entry| entry.who == Who::Plain)
    }

    /// The fastest entry of an author.
    pub fn best_of(&self, who: Who) -> Option<&MeasuredEntry> {
        self.best_where(|entry| entry.who == who)
    }

    /// The fastest entry of those who compute the same.
    pub fn best_peer(&self) -> Option<&MeasuredEntry> {
        self.best_where(|entry| entry.who.is_peer())
    }

    fn best_where(&self, which: impl Fn(&MeasuredEntry) -> bool) -> Option<&MeasuredEntry> {
        let chosen = self.entries.iter().filter(|entry| which(entry));
        chosen.min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))
    }
}

/// The middle of an odd number of numbers; the upper middle of an even one.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
