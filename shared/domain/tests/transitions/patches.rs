//! A field that was acknowledged is never lost, whatever patches arrive with whatever stale revisions.

use std::collections::BTreeMap;

use domain::{Command, FormPatch, Refused};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cast::give;
use crate::sample::{IN_WINDOW, at, draft, owner};

/// A field and what is typed into it.
fn typed() -> impl Strategy<Value = (&'static str, Value)> {
    let value = prop_oneof![
        3 => "[a-z]{1,12}".prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    let listed = prop_oneof![
        Just(json!(["quality"])),
        Just(json!(["cost", "quality"])),
        Just(Value::Null),
    ];
    let ticket = "CS[0-9]{7}".prop_map(|ticket| json!([ticket]));
    prop_oneof![
        value.clone().prop_map(|value| ("description", value)),
        value.prop_map(|value| ("party_name", value)),
        listed.prop_map(|value| ("categories", value)),
        ticket.prop_map(|value| ("tickets", value)),
    ]
}

proptest! {
    #[test]
    fn no_acknowledged_field_is_lost(
        sent in prop::collection::vec((prop::collection::vec(typed(), 1..4), 0u64..3), 1..30),
    ) {
        let mut review = draft();
        let mut acknowledged: BTreeMap<&str, Value> = BTreeMap::new();
        for (fields, stale) in sent {
            let patch: serde_json::Map<String, Value> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            let now = review.outline.form_revision;
            let revision = now.saturating_sub(stale);
            let command = Command::EditForm { revision, patch: FormPatch(Value::Object(patch)) };
            match give(&review, &owner(), at(IN_WINDOW), command) {
                Ok(change) => {
                    prop_assert_eq!(revision, now, "a stale patch was taken");
                    acknowledged.extend(fields);
                    review = change.review;
                }
                Err(refused) => {
                    prop_assert_eq!(refused, Refused::StaleForm(now));
                    prop_assert_ne!(revision, now);
                }
            }
            let stored: Value = serde_json::from_str(&review.form.to_bytes()).expect("JSON");
            for (name, value) in &acknowledged {
                prop_assert_eq!(stored.get(name).unwrap_or(&Value::Null), value, "{}", name);
            }
        }
    }
}
