//! What the compiler says of programs that are wrong: see `tests/programs.rs`.
