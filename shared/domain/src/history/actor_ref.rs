//! Who acted, without a name or an address.

use serde::{Deserialize, Serialize};

use crate::{AccountKey, Actor, Job, Relation, Side};

/// Who acted, without a name or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum ActorRef {
    /// The review's owner at that time.
    Owner {
        /// The account.
        account: AccountKey,
    },
    /// One of the staff.
    Staff {
        /// The account.
        account: AccountKey,
    },
    /// A reviewer.
    Reviewer {
        /// The account.
        account: AccountKey,
    },
    /// An administrator.
    Administrator {
        /// The account.
        account: AccountKey,
    },
    /// A job of our own.
    System {
        /// The job.
        job: Job,
    },
}

impl ActorRef {
    /// The actor in its relation to the review.
    #[must_use]
    pub fn new(relation: Relation, actor: &Actor) -> Self {
        let account = actor.account.key();
        match relation {
            Relation::Owner => Self::Owner { account },
            Relation::Staff => Self::Staff { account },
            Relation::Reviewer => Self::Reviewer { account },
            Relation::Administrator => Self::Administrator { account },
            Relation::System(job) => Self::System { job },
        }
    }

    /// The side on which it stood.
    #[must_use]
    pub fn side(&self) -> Side {
        match self {
            Self::Owner { .. } | Self::Staff { .. } => Side::Filer,
            Self::Reviewer { .. } | Self::Administrator { .. } | Self::System { .. } => Side::Team,
        }
    }

    /// How filers read it: they see "the review team", not a reviewer (domain.md #50).
    #[must_use]
    pub fn for_filers(&self) -> &'static str {
        match self {
            Self::Owner { .. } => "the owner",
            Self::Staff { .. } => "staff",
            Self::Reviewer { .. } | Self::Administrator { .. } => "the review team",
            Self::System { .. } => "the service",
        }
    }
}
