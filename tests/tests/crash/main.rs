//! A kill at each named point between a submission and its letters, alone and in pairs (promises P1, P2 and P9): the
//! books balance.
//!
//! The functions are the real ones, in the variant that can be told to end at a point (`edge::crashing`); each kill is
//! died once. What runs out after a kill is short here: four seconds until a message is handed out again, a lease of five,
//! a doubt of six. As in production, the lease is longer than the function may run, so that only the dead are doubted.

mod absent;
mod books;
mod clock;
mod doubt;
mod pairs;
mod sweep;
