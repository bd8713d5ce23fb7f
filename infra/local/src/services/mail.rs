//! Mail (being built).
use std::collections::BTreeMap;

use super::server::Server;
use super::{MailPlan, ServiceError};
use crate::clock::SetClock;
use crate::data::DataFolder;

/// A handle on the mail service.
#[derive(Clone, Debug)]
pub struct Mail;

/// One mail as the index knows it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct MailSummary {
    /// The SES message id.
    pub id: String,
    /// When it was accepted, by the set clock.
    pub at: jiff::Timestamp,
    /// The sender.
    pub source: String,
    /// The recipients.
    pub destinations: Vec<String>,
    /// The subject.
    pub subject: String,
    /// Message tags.
    pub tags: BTreeMap<String, String>,
    /// The configuration set it was sent with.
    pub configuration_set: Option<String>,
}

/// One mail with its content.
#[derive(Clone, Debug)]
pub struct StoredMail {
    /// What the index knows.
    pub summary: MailSummary,
    /// Its headers, in order.
    pub headers: Vec<(String, String)>,
    /// The text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// The bytes as sent.
    pub raw: Vec<u8>,
}

impl Mail {
    pub(super) async fn start(
        _: &DataFolder,
        _: &SetClock,
        _: MailPlan,
    ) -> Result<(Self, Server), ServiceError> {
        unimplemented!()
    }
    /// Where it answers.
    pub fn endpoint(&self) -> &str {
        unimplemented!()
    }
    /// All mails, the newest first.
    pub fn list(&self) -> Vec<MailSummary> {
        unimplemented!()
    }
    /// One mail.
    pub fn get(&self, id: &str) -> Option<StoredMail> {
        unimplemented!("{id}")
    }
}
