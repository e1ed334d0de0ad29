//! Linear algebra on numbers that carry derivatives, against references with 50 digits (`tests/data/linalg/`).

mod curves;
mod edges;
mod eigenvalues;
mod factors;
mod functions;
mod general;
mod matrices;
mod spectra;
