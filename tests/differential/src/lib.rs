#![doc = include_str!("../README.md")]

pub mod answer;
pub mod case;
pub mod functions;
pub mod generate;
pub mod modes;
pub mod reference;
pub mod tree;
