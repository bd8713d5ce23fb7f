//! Bad input fails loudly and kindly: the right status, a sentence that a person can act on, the place of each fault, and
//! nothing is changed by it.

mod desk;
mod forms;
mod refusals;
mod requests;
