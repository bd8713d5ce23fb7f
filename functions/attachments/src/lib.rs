//! Evidence: files of a review on their way in and out (domain.md #38, #39).
//!
//! Two binaries share this library, each with a trigger and a policy of its own. `attachments` is HTTP: it grants uploads and
//! downloads, and never sees a byte of a file. `objects` takes a queue of what the store, the malware check and the sweep tell
//! of objects: it reads each file once, and gives nobody leave to anything. So what can open a file cannot be called from
//! outside, and what can be called from outside cannot open a file.

mod desk;
mod doors;
mod messages;
mod openapi;
mod wire;

use axum::Router;

pub use desk::{Desk, Signer, Store};
pub use messages::Watcher;
pub use openapi::document;

/// Every door, with `desk` behind it.
pub fn router(desk: Desk) -> Router {
    openapi::split().0.with_state(desk)
}
