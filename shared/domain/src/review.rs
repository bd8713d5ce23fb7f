//! The aggregate: one targeted review, from draft to outcome.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    AccountKey, Actor, ActorRef, Application, Casework, Digest, Dossier, Email, Fault, Form,
    FormPatch, HandOver, Head, Line, People, PerformanceYear, ReviewId, RuleSet, Status,
};

/// Counts commits of a review; every one moves it by one.
pub type Version = u64;

/// A review with everything that decisions look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What lists show and what is read most.
    pub outline: Outline,
    /// The filer's answers.
    pub form: Form,
    /// Contact and staff.
    pub people: People,
    /// Files and corrections.
    pub dossier: Dossier,
}

impl Review {
    /// Whether an administrator gave the review to the address by which the actor is of its staff, and nobody owns it until
    /// then (domain.md #34).
    #[must_use]
    pub fn is_entrusted_to(&self, actor: &Actor) -> bool {
        let own = self.people.staff_address(actor).map(Email::normalised);
        let offer = self.outline.handover.as_ref();
        let named = offer.map(|offer| offer.to.normalised());
        self.outline.owner.left && own.is_some() && own == named
    }

    /// The people with `patch` merged in. A submitted request can change its contact, not lose it
    /// (domain.md #32, #34).
    ///
    /// # Errors
    /// Every fault of the result, by JSON pointer.
    pub fn patched_people(&self, patch: &FormPatch) -> Result<People, Vec<Fault>> {
        let people = self.people.patched(patch)?;
        let missing = match self.outline.status {
            Status::Draft(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_)
            | Status::Approved(_)
            | Status::Denied(_) => Vec::new(),
            Status::InReview(_) | Status::AwaitingDocuments(_) => people.missing(),
        };
        if missing.is_empty() {
            Ok(people)
        } else {
            Err(missing)
        }
    }

    /// What the filer claims now: the form with its corrections laid over it (domain.md #45).
    #[must_use]
    pub fn claimed(&self, rules: &RuleSet) -> Form {
        self.dossier.corrected(&self.form, rules)
    }
}

/// The small heart of a review: status, clocks and versions, and what a list shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its id.
    pub id: ReviewId,
    /// The performance year.
    pub year: PerformanceYear,
    /// The owner's label (domain.md #41).
    pub name: Line<100>,
    /// Who created it.
    pub owner: Owner,
    /// Where it stands.
    pub status: Status,
    /// Who applies, copied from the form for lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Application>,
    /// An open offer to hand it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<HandOver>,
    /// How long past requests for documents were with the filer; a present one is not in it.
    #[serde(default, skip_serializing_if = "SignedDuration::is_zero")]
    pub awaited: SignedDuration,
    /// What the review team keeps about it.
    #[serde(default, skip_serializing_if = "Casework::is_empty")]
    pub casework: Casework,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it last.
    pub updated_by: ActorRef,
    /// Commits so far.
    pub version: Version,
    /// Changes of the form's content so far; never moved by anything else.
    pub form_revision: u64,
    /// The hash of the form's stored bytes.
    pub form_sha256: Digest,
    /// The history's last hash and its length.
    pub head: Head,
}

/// The account that owns a review (domain.md #25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The account.
    pub account: AccountKey,
    /// Its verified address when it last acted on the review, if it has one (domain.md #54).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// It has left: an administrator took the review from it, and it is nobody's until the one to whom it was given opens it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}
