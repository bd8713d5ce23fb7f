//! One file an idea: sending, seeing, fetching, and what happens to a file later.

pub(crate) mod content;
pub(crate) mod files;
pub(crate) mod steps;
pub(crate) mod upload;
