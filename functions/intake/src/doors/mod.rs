//! One file an idea: what a person opens, reads or sends.

pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod people;
pub(crate) mod reading;
pub(crate) mod reviews;
pub(crate) mod statement;
pub(crate) mod submission;
pub(crate) mod texts;
