//! What the tests of the whole repository share. Nothing here is deployed.

pub mod house;
