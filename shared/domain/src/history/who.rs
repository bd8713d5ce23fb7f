//! Who did something, as filers are told: the people of the request by their part in it, everybody else as
//! "the review team" or "the service" (domain.md #50).

use serde::Serialize;

use crate::{AccountKey, ActorRef, Email, Review};

/// Who did something, as a filer is told. It holds no account, and nothing of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The reader, in this standing at that time.
    You(Standing),
    /// Who owns the request now.
    Owner,
    /// Who owned it then; with the address by which they are staff now, if they are.
    FormerOwner(Option<Email>),
    /// Someone of the staff, by the address that the request knows them by.
    Staff(Email),
    /// Someone who was of the staff then, and is not any more.
    FormerStaff,
    /// A reviewer or an administrator.
    ReviewTeam,
    /// A job of our own.
    Service,
}

/// In what standing something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// As the owner.
    Owner,
    /// As one of the staff.
    Staff,
    /// For the review team.
    ReviewTeam,
    /// By a job of our own.
    Service,
}

impl Who {
    /// Who `actor` is to `reader`, by the people that `review` has now.
    #[must_use]
    pub fn of(actor: &ActorRef, review: &Review, reader: &AccountKey) -> Self {
        match actor {
            ActorRef::Owner { account } if account == reader => Self::You(Standing::Owner),
            ActorRef::Owner { account } if *account == review.outline.owner.account => Self::Owner,
            ActorRef::Owner { account } => Self::FormerOwner(address_of(account, review)),
            ActorRef::Staff { account } if account == reader => Self::You(Standing::Staff),
            ActorRef::Staff { account } => {
                address_of(account, review).map_or(Self::FormerStaff, Self::Staff)
            }
            ActorRef::Reviewer { .. } | ActorRef::Administrator { .. } => Self::ReviewTeam,
            ActorRef::System { .. } => Self::Service,
        }
    }

    /// In what standing it was done.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::You(standing) => *standing,
            Self::Owner | Self::FormerOwner(_) => Standing::Owner,
            Self::Staff(_) | Self::FormerStaff => Standing::Staff,
            Self::ReviewTeam => Standing::ReviewTeam,
            Self::Service => Standing::Service,
        }
    }

    /// Whether it was the reader.
    #[must_use]
    pub fn is_you(&self) -> bool {
        match self {
            Self::You(_) => true,
            Self::Owner
            | Self::FormerOwner(_)
            | Self::Staff(_)
            | Self::FormerStaff
            | Self::ReviewTeam
            | Self::Service => false,
        }
    }

    /// The words for it: addresses of staff included, so only for the people of the request.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::You(_) => "You".to_owned(),
            Self::Owner => "the owner".to_owned(),
            Self::FormerOwner(Some(address)) => {
                format!("a former owner, now staff member {}", address.reveal())
            }
            Self::FormerOwner(None) => "a former owner".to_owned(),
            Self::Staff(address) => format!("staff member {}", address.reveal()),
            Self::FormerStaff => "a former staff member".to_owned(),
            Self::ReviewTeam => "the review team".to_owned(),
            Self::Service => "the service".to_owned(),
        }
    }
}

/// The address by which the request knows an account now: as staff, or as its owner.
fn address_of(account: &AccountKey, review: &Review) -> Option<Email> {
    let owner = &review.outline.owner;
    let mut bound = review.people.bound.iter();
    bound
        .find(|binding| binding.account == *account)
        .map(|binding| binding.address.clone())
        .or_else(|| owner.email.clone().filter(|_| owner.account == *account))
}
