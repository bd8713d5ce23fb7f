//! What the one transition promises, tried from outside: the whole table, the instants at which it
//! turns, and whatever people may do in whatever order.

mod access;
mod cast;
mod clocks;
mod copies;
mod deadline;
mod decisions;
mod documents;
mod files;
mod legal;
mod log;
mod patches;
mod people;
mod retention;
mod sample;
mod secrets;
mod sequences;
mod table;
mod years;
mod zone;
