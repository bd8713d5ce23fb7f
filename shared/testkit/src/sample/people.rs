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

/// One of the review team.
#[must_use]
pub fn reviewer() -> Actor {
    team("reviewer", Role::Reviewer)
}

/// Another one.
#[must_use]
pub fn second_reviewer() -> Actor {
    team("second-reviewer", Role::Reviewer)
}

/// Who runs the program.
#[must_use]
pub fn administrator() -> Actor {
    team("administrator", Role::Administrator)
}

/// Another one.
#[must_use]
pub fn second_administrator() -> Actor {
    team("second-administrator", Role::Administrator)
}

fn team(subject: &str, role: Role) -> Actor {
    Actor {
        roles: vec![role],
        ..actor(subject, Some(&format!("{subject}@example.org")))
    }
}

/// A secret for people's keys.
#[must_use]
pub fn hash_key() -> PersonHashKey {
    PersonHashKey::new(*b"the hash key of tests")
}
