//! One file an idea: what a person opens, reads or sends.

pub(crate) mod comments;
pub(crate) mod corrections;
pub(crate) mod documents;
pub(crate) mod form;
pub(crate) mod handover;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod notices;
pub(crate) mod participation;
pub(crate) mod people;
pub(crate) mod program;
pub(crate) mod reading;
pub(crate) mod reviews;
mod signing;
pub(crate) mod statement;
pub(crate) mod submission;
pub(crate) mod texts;
