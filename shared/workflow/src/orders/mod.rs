//! What an administrator orders for many reviews at once: more time, clocks that stand still, denials taken
//! back (domain.md #23), the work of an absent reviewer given on (#51).
//!
//! First a dry run says which reviews it concerns, and names them by a token. The real run names that token,
//! and a cap that the administrator raised on purpose: if it would concern others by now, or more, it is
//! refused. Then the order is put on record with its reason and its reviews, and each gets a command of its
//! own. The tempting alternative, to change a thousand reviews in one request, ends half done when the
//! function does; an order that was put on record is handed out again as a whole when it is repeated, and a
//! review that it has been carried out on is left as it is.

mod carry;
mod place;
mod select;

use std::fmt;

use domain::{
    Account, AccountKey, Actor, Assignee, Digest, Email, Explanation, PerformanceYear, ReviewId,
    Role, Toll,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use carry::{Carried, CarryPorts, carry_out};
pub use place::{OrderPorts, Placed, dry_run, place};

/// The most reviews of one order.
pub const MOST: u32 = 5_000;

/// The cap of an order that names none.
pub const USUAL_CAP: u32 = 100;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Wanted {
    /// Move the last day for documents.
    Extend {
        /// The new last day.
        last_day: Date,
        /// Which requests.
        among: Among,
    },
    /// Stop the document clocks for a range of days.
    Toll {
        /// The days.
        days: Toll,
        /// Which requests.
        among: Among,
    },
    /// Take back the denials of one run of a sweep.
    Reinstate {
        /// The instant for which the run was scheduled.
        run: Timestamp,
        /// Of this year.
        year: PerformanceYear,
    },
    /// Give the work of an absent reviewer on.
    Reassign {
        /// The absent one.
        from: AccountKey,
        /// Who goes on; back to the queue without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Assignee>,
    },
}

/// Which open requests for documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Among {
    /// These reviews only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviews: Option<Vec<ReviewId>>,
    /// Of this year only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<PerformanceYear>,
    /// Whose last day is this one or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_from: Option<Date>,
    /// Whose last day is this one or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_through: Option<Date>,
}

/// An order as an administrator gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderWish {
    /// What is to be done.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// Why.
    pub why: Explanation,
}

/// An order that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// When it was received.
    pub at: Timestamp,
    /// Who gave it.
    pub by: GivenBy,
    /// What was ordered.
    pub wish: OrderWish,
    /// The reviews that the dry run named.
    pub reviews: Vec<ReviewId>,
    /// The dry run's token.
    pub token: Digest,
}

/// The administrator behind an order: commands are given in their name, so that one who has an interest in a
/// review does nothing to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBy {
    issuer: String,
    subject: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<Email>,
}

impl GivenBy {
    pub(crate) fn of(actor: &Actor) -> Self {
        Self {
            issuer: actor.account.issuer.clone(),
            subject: actor.account.subject.clone(),
            email: actor.email.clone(),
        }
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor {
            account: Account {
                issuer: self.issuer.clone(),
                subject: self.subject.clone(),
            },
            email: self.email.clone(),
            roles: vec![Role::Administrator],
            organization: None,
        }
    }
}

/// The id of an order: what it was received under, hashed. A request that is repeated is the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderId(Digest);

impl OrderId {
    pub(crate) fn new(digest: Digest) -> Self {
        Self(digest)
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
