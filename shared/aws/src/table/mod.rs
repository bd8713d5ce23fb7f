//! One DynamoDB table for everything (design: `ARCHITECTURE.md`, "Storage").
//!
//! A review is a partition: `REVIEW` (small, carries version and history head), `FORM`, `PEOPLE`,
//! `DOSSIER` (files and corrections), `HISTORY#…`, `COMMENT#…`, `NOTE#…`, `OUTBOX#…`, `NOTICE#…`. The tempting alternative, one item a review, makes every
//! autosave rewrite everything and every list read it. What keeps the parts together is that each
//! commit is one transaction on the `REVIEW` item's version; what keeps a reader from seeing halves is
//! that a review is loaded by one transactional read.
//!
//! This module alone knows keys and attributes. Every item carries `v`, the version of its shape.

mod audit;
mod batch;
mod clock;
mod codec;
mod commit;
mod failure;
mod files;
mod keys;
mod look_ups;
mod notices;
mod orders;
mod outbox;
mod purge;
mod queues;
mod reconcile;
mod rest;
mod reviews;
mod suppressions;
mod words;

use aws_sdk_dynamodb::Client;

pub use outbox::read_outbox_image;

use crate::Connection;

/// The table.
#[derive(Clone)]
pub struct Table {
    client: Client,
    name: String,
}

impl Table {
    /// The table called `name`.
    #[must_use]
    pub fn new(connection: &Connection, name: String) -> Self {
        Self {
            client: connection.dynamodb(),
            name,
        }
    }
}
