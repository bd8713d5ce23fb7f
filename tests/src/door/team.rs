//! The steps of the review team.

use serde_json::{Value, json};

use super::Door;
use crate::Reply;

impl Door {
    /// What the team sees of a review: the part behind its address, such as `/history`.
    ///
    /// # Panics
    /// When no answer comes.
    #[must_use]
    pub fn team_sees(&self, id: &str, part: &str) -> Reply {
        self.get(format!("/v1/team/reviews/{id}{part}"))
    }

    /// Posts to one of the team's doors of a review, such as `/take`.
    ///
    /// # Panics
    /// When no answer comes.
    #[must_use]
    pub fn team_does(&self, id: &str, verb: &str, body: &Value) -> Reply {
        let path = format!("/v1/team/reviews/{id}{verb}");
        self.ask("POST", path).new_key().json(body).send()
    }

    /// Posts to one of the doors that name the version that was seen.
    ///
    /// # Panics
    /// When no answer comes.
    #[must_use]
    pub fn team_decides(&self, id: &str, verb: &str, seen: u64, body: &Value) -> Reply {
        let path = format!("/v1/team/reviews/{id}{verb}");
        let ask = self.ask("POST", path).new_key().if_match(seen);
        ask.json(body).send()
    }

    /// The version that the team sees.
    ///
    /// # Panics
    /// When it sees none.
    #[must_use]
    pub fn team_version(&self, id: &str) -> u64 {
        self.team_sees(id, "").expect(200).number_at("/version")
    }
}

/// A decision on one issue.
#[must_use]
pub fn decision(issue: &str, granted: bool, second_person: bool) -> Value {
    let finding = if granted {
        json!({ "issue": issue, "granted": true })
    } else {
        json!({ "issue": issue, "granted": false, "reason": "not_shown" })
    };
    json!({
        "findings": [finding],
        "explanation": "What was found.",
        "scores": { "state": if granted { "pending" } else { "none" } },
        "second_person": second_person,
    })
}
