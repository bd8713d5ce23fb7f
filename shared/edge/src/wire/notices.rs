//! What people were told, and what became of each letter.

use domain::{Email, EventKind, NoticeRecord, Outcome, Suppression, SuppressionCause, civil_text};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::{Letter, Told};

use super::InstantDocument;

/// What people were told of a review, the first first.
#[derive(Serialize, ToSchema)]
pub struct NoticeList {
    events: Vec<ToldDocument>,
}

/// An event that people were told of.
#[derive(Serialize, ToSchema)]
#[schema(as = Told)]
struct ToldDocument {
    /// The place of its act in the history.
    seq: u64,
    at: InstantDocument,
    /// What happened, such as `review_submitted`.
    event: String,
    notices: Vec<NoticeDocument>,
}

/// A letter to one person.
#[derive(Serialize, ToSchema)]
#[schema(as = Notice)]
struct NoticeDocument {
    #[schema(example = "staff@example.org")]
    to: String,
    /// `waiting`, `sent`, `suppressed` (mail to the address failed for good before) or `failed`.
    outcome: &'static str,
    /// Why it failed, in the mail service's own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// When it reached the mailbox's server.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered: Option<InstantDocument>,
    /// When it came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounced: Option<BounceDocument>,
    /// When its reader called it unwanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    complained: Option<InstantDocument>,
}

/// That a letter came back.
#[derive(Serialize, ToSchema)]
#[schema(as = Bounce)]
struct BounceDocument {
    #[serde(flatten)]
    when: InstantDocument,
    /// Whether the address is of no use any more.
    for_good: bool,
}

impl NoticeList {
    /// Shows them.
    #[must_use]
    pub fn of(told: Vec<Told>) -> Self {
        Self {
            events: told.into_iter().map(ToldDocument::of).collect(),
        }
    }
}

impl ToldDocument {
    fn of(told: Told) -> Self {
        Self {
            seq: told.seq,
            at: InstantDocument::of(told.at),
            event: code(told.event),
            notices: told.letters.into_iter().map(NoticeDocument::of).collect(),
        }
    }
}

/// `ReviewSubmitted` as `review_submitted`.
fn code(kind: EventKind) -> String {
    let mut code = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(letter.to_ascii_lowercase());
    }
    code
}

impl NoticeDocument {
    fn of(letter: Letter) -> Self {
        let to = letter.address.reveal().to_owned();
        let Some(NoticeRecord {
            outcome,
            delivered_at,
            bounced,
            complained_at,
            ..
        }) = letter.record
        else {
            return Self::waiting(to);
        };
        // The instant of an outcome is that of the clock of leases, which is no business of people's.
        let (outcome, code) = match outcome {
            None => return Self::waiting(to),
            Some(Outcome::Sent { .. }) => ("sent", None),
            Some(Outcome::Suppressed { .. }) => ("suppressed", None),
            Some(Outcome::Failed { code, .. }) => ("failed", Some(code)),
        };
        Self {
            to,
            outcome,
            code,
            delivered: delivered_at.map(InstantDocument::of),
            bounced: bounced.map(|bounce| BounceDocument {
                when: InstantDocument::of(bounce.at),
                for_good: bounce.hard,
            }),
            complained: complained_at.map(InstantDocument::of),
        }
    }

    fn waiting(to: String) -> Self {
        Self {
            to,
            outcome: "waiting",
            code: None,
            delivered: None,
            bounced: None,
            complained: None,
        }
    }
}

/// One sentence for each address that gets no more mail.
#[must_use]
pub fn unreachable(addresses: &[(Email, Suppression)]) -> Vec<String> {
    let sentence = |(address, why): &(Email, Suppression)| {
        let what = match why.cause {
            SuppressionCause::Bounced => "bounced",
            SuppressionCause::Complained => "was reported as unwanted",
        };
        format!(
            "Mail to {} {what} on {}; nothing more is sent there. Give another address.",
            address.masked(),
            civil_text(why.since)
        )
    };
    addresses.iter().map(sentence).collect()
}
