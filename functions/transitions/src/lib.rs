//! The review team's doors: what it sees of a request, and all that it does with one (domain.md #51); and
//! commands that sweeps and administrators hand out.
//!
//! Two binaries share this library, each with its own trigger and policy: `transitions` answers the team, and
//! `commands` takes a queue. A door reads, asks one use case and writes the answer; it decides nothing.
//! Everybody who is not reviewer or administrator to the review is answered as for an unknown id.

mod commands;
mod desk;
mod doors;
mod openapi;
mod reading;
mod wire;

use axum::Router;

pub use commands::Clerk;
pub use desk::{Desk, Store};
pub use openapi::document;

/// Every door, with `desk` behind it.
pub fn router(desk: Desk) -> Router {
    openapi::split().0.with_state(desk)
}
