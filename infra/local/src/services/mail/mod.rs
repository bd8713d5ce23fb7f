//! SES (version 1 of its API) on one machine: mail is taken, checked as SES would, and kept instead of sent.
//!
//! It is our own thin door, and not an embedded crate: the one at hand forgets configuration sets, sender checks
//! and mails alike. Each mail is an `.eml` file and a line in an index, both written before the sender is
//! answered, so that a mail that was acknowledged is in the mailbox after `kill -9`.
//!
//! What becomes of a mail is said by its addresses, as with SES's own mailbox simulator (see [`Happening`]), and told
//! to the topics that the template names for its configuration set, at least once.

mod event;
mod fate;
mod http;
mod rate;
mod reporter;
mod request;
mod store;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::fate::{Happening, MailEvent};
use self::reporter::Reporter;
use self::store::Store;
use super::server::{self, Server};
use super::topics::Topics;
use super::{MailPlan, ServiceError};
use crate::clock::SetClock;
use crate::data::DataFolder;
use crate::permissions::Roles;

/// A handle on the mailbox.
#[derive(Clone, Debug)]
pub struct Mail {
    store: Arc<Store>,
    endpoint: Arc<str>,
}

/// One mail as the index knows it.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub struct MailSummary {
    /// The SES message id, which is also the name of its file.
    pub id: String,
    /// When it was taken, by the set clock.
    pub at: Timestamp,
    /// The envelope's sender.
    pub source: String,
    /// The envelope's recipients, without display names.
    pub destinations: Vec<String>,
    /// The subject.
    pub subject: String,
    /// Message tags.
    pub tags: BTreeMap<String, String>,
    /// The configuration set that it was sent with.
    pub configuration_set: Option<String>,
}

impl MailSummary {
    /// What became of it, first to last.
    #[must_use]
    pub fn became(&self) -> Vec<Happening> {
        fate::of(&self.destinations)
    }
}

/// One mail with its content.
#[derive(Clone, Debug)]
pub struct StoredMail {
    /// What the index knows.
    pub summary: MailSummary,
    /// Its headers as written, in order.
    pub headers: Vec<(String, String)>,
    /// The text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// Names of attached files.
    pub attachments: Vec<String>,
    /// The bytes as sent.
    pub raw: Vec<u8>,
}

impl Mail {
    pub(super) async fn start(
        data: &DataFolder,
        clock: &SetClock,
        roles: &Roles,
        topics: Topics,
        plan: MailPlan,
    ) -> Result<(Self, Server), ServiceError> {
        let store = Arc::new(Store::open(&data.path().join("mail"))?);
        let reporter = Reporter::start(Arc::clone(&store), topics)?;
        let (listener, endpoint) = server::bind("mail").await?;
        let router = http::router(
            Arc::clone(&store),
            reporter,
            clock.clone(),
            plan,
            roles.clone(),
        );
        let server = Server::route("mail", listener, router);
        Ok((
            Self {
                store,
                endpoint: endpoint.into(),
            },
            server,
        ))
    }

    /// The URL under which the SES API answers.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// All mails, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<MailSummary> {
        self.store.list()
    }

    /// One mail; `None` for an id that was never given, or a file that was removed by hand.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<StoredMail> {
        self.store.get(id)
    }
}
