//! The filer's doors: statement of truth, drafts, form, participation look-up, people, pre-flight,
//! submission, withdrawal, view, list and log.
//!
//! A door reads, asks one use case and writes the answer; it decides nothing. What a door takes and
//! gives is said once, in its annotation; the doors of all HTTP functions together are served as OpenAPI at `/v1/openapi.json`.

mod desk;
mod doors;
mod openapi;
mod wire;

use axum::Router;

pub use desk::{Desk, Store};
pub use openapi::document;

/// Every door, with `desk` behind it.
pub fn router(desk: Desk) -> Router {
    openapi::split().0.with_state(desk)
}
