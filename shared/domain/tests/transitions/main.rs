//! What the one transition promises, tried from outside: the whole table, the instants at which it
//! turns, and whatever people may do in whatever order.

mod access;
mod answers;
mod audience;
mod cast;
mod clocks;
mod contact;
mod copies;
mod deadline;
mod decisions;
mod documents;
mod entrust;
mod files;
mod legal;
mod log;
mod moves;
mod patches;
mod people;
mod retention;
mod sample;
mod secrets;
mod sequences;
mod table;
mod turns;
mod waits;
mod years;
mod zone;
