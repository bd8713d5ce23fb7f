//! Who acts.

use domain::{Account, Actor, PersonHashKey, Role};

fn actor(subject: &str, email: Option<&str>) -> Actor {
    Actor {
        account: Account {
            issuer: "https://identity.example.org".to_owned(),
            subject: subject.to_owned(),
        },
        email: email.map(|email| email.parse().expect("an address")),
        roles: Vec::new(),
        organization: None,
    }
}

/// Who creates reviews, with a verified address.
#[must_use]
pub fn owner() -> Actor {
    actor("owner", Some("Owner@example.org"))
}

/// The same account while its address is not verified.
#[must_use]
pub fn owner_without_email() -> Actor {
    actor("owner", None)
}

/// A filer with nothing to do with the owner's reviews.
#[must_use]
pub fn other() -> Actor {
    actor("other", Some("other@example.org"))
}

/// The person behind one of the staff addresses of [`contact_and_staff`](super::contact_and_staff).
#[must_use]
pub fn staff() -> Actor {
    actor("staff", Some("billing@example.org"))
}

/// A program of a registry: it has no address, and belongs to an organisation.
#[must_use]
pub fn machine() -> Actor {
    Actor {
        organization: Some("Sample Registry".to_owned()),
        ..actor("registry-client", None)
    }
}

/// A person of that registry.
#[must_use]
pub fn registrar() -> Actor {
    Actor {
        organization: machine().organization,
        ..actor("registrar", Some("registrar@example.org"))
    }
}

/// A reviewer without an interest in anybody's review.
#[must_use]
pub fn reviewer() -> Actor {
    Actor {
        roles: vec![Role::Reviewer],
        ..actor("reviewer", Some("reviewer@cms.example.org"))
    }
}

/// A secret for people's keys.
#[must_use]
pub fn hash_key() -> PersonHashKey {
    PersonHashKey::new(*b"the hash key of tests")
}

/// Runs the program.
#[must_use]
pub fn administrator() -> Actor {
    Actor {
        roles: vec![Role::Administrator],
        ..actor("administrator", Some("administrator@cms.example.org"))
    }
}
