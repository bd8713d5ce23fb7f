//! One file a concern: what is seen, who works on it, labels, words, documents, decisions, what is rare.

pub(crate) mod clerical;
pub(crate) mod decision;
pub(crate) mod documents;
pub(crate) mod hold;
pub(crate) mod labels;
pub(crate) mod late;
pub(crate) mod more_time;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod preview;
pub(crate) mod queue;
pub(crate) mod search;
pub(crate) mod sweeps;
pub(crate) mod tin;
pub(crate) mod view;
pub(crate) mod window;
pub(crate) mod words;
pub(crate) mod work;
pub(crate) mod wrong_patient;
