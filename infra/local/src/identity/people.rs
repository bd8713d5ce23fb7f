//! The sample people. All are made up; their addresses are under example.org, which nobody can own.

use serde::Serialize;

/// A made-up person to try things as.
#[derive(Clone, Debug, Serialize)]
pub struct SamplePerson {
    /// The word after `as=`.
    pub name: &'static str,
    /// The full name.
    pub full_name: &'static str,
    /// What this person is for.
    pub about: &'static str,
    /// The address in the token.
    pub email: &'static str,
    /// Whether the issuer vouches for the address.
    pub email_verified: bool,
    /// Role words.
    pub roles: &'static [&'static str],
    /// The organization of a machine or intermediary.
    pub organization: Option<&'static str>,
}

impl SamplePerson {
    /// The token's `sub`, which stays the same for good.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("sample-{}", self.name)
    }
}

const NO_ROLES: &[&str] = &[];

/// In the order in which a page shows them.
pub(super) const PEOPLE: [SamplePerson; 9] = [
    SamplePerson {
        name: "filer",
        full_name: "Frankie Filer",
        about: "asks for reviews and owns them",
        email: "filer@example.org",
        email_verified: true,
        roles: NO_ROLES,
        organization: None,
    },
    SamplePerson {
        name: "other",
        full_name: "Olive Other",
        about: "asks for reviews too, and must never see Frankie's",
        email: "other@example.org",
        email_verified: true,
        roles: NO_ROLES,
        organization: None,
    },
    SamplePerson {
        name: "staff",
        full_name: "Sam Staff",
        about: "works on a review once its owner adds staff@example.org",
        email: "staff@example.org",
        email_verified: true,
        roles: NO_ROLES,
        organization: None,
    },
    SamplePerson {
        name: "unverified",
        full_name: "Uma Unverified",
        about: "has not proved the address, so it opens nothing",
        email: "staff@example.org",
        email_verified: false,
        roles: NO_ROLES,
        organization: None,
    },
    SamplePerson {
        name: "registry",
        full_name: "Robin Registry",
        about: "files for others; the organization comes from the token",
        email: "registry@example.org",
        email_verified: true,
        roles: NO_ROLES,
        organization: Some("Example Registry"),
    },
    SamplePerson {
        name: "reviewer",
        full_name: "Rita Reviewer",
        about: "reviews, asks for documents, decides",
        email: "reviewer@example.org",
        email_verified: true,
        roles: &["reviewer"],
        organization: None,
    },
    SamplePerson {
        name: "second-reviewer",
        full_name: "Ravi Reviewer",
        about: "is the second pair of eyes",
        email: "second-reviewer@example.org",
        email_verified: true,
        roles: &["reviewer"],
        organization: None,
    },
    SamplePerson {
        name: "admin",
        full_name: "Ada Admin",
        about: "announces windows and corrects",
        email: "admin@example.org",
        email_verified: true,
        roles: &["administrator"],
        organization: None,
    },
    SamplePerson {
        name: "second-admin",
        full_name: "Anton Admin",
        about: "is the second person where an administrator was the first",
        email: "second-admin@example.org",
        email_verified: true,
        roles: &["administrator"],
        organization: None,
    },
];
