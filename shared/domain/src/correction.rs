//! Corrections after submission: the original stays, the correction stands beside it (domain.md #45).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Certification, Explanation, Fault, Form, FormPatch, Pointer, RuleSet};

/// The most corrections of a review.
pub const MAX_CORRECTIONS: usize = 20;

/// The most that all corrections of a review hold together, in bytes of JSON: they are stored as one item,
/// which takes 400 KB with the list of files.
const MAX_BYTES: usize = 200 * 1024;

/// Whether one more still fits beside the corrections on record.
pub(crate) fn fits(corrections: &[Correction], one_more: &Correction) -> bool {
    let bytes = |correction: &Correction| {
        serde_json::to_vec(correction).map_or(MAX_BYTES, |stored| stored.len())
    };
    let stored: usize = corrections.iter().chain([one_more]).map(bytes).sum();
    corrections.len() < MAX_CORRECTIONS && stored <= MAX_BYTES
}

/// Fields that say which year, party or level it is about; those ask for a new request.
const FIXED: [&str; 5] = [
    "reasons_acknowledged",
    "application",
    "party_name",
    "practice",
    "reporting",
];

/// What an owner wants to correct.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// The form's field, such as `description`.
    pub field: String,
    /// Its new value; null takes it away.
    pub new: Value,
    /// Why.
    pub why: Explanation,
    /// Signed anew.
    pub certification: Certification,
}

/// A correction on record.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was received.
    pub at: Timestamp,
    /// The field, by pointer.
    pub field: Pointer,
    /// What stood there before.
    pub old: Value,
    /// What stands there now.
    pub new: Value,
    /// Why.
    pub why: Explanation,
    /// What was signed.
    pub certification: Certification,
}

/// Values are what people typed.
impl std::fmt::Debug for CorrectionRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CorrectionRequest(…)")
    }
}

/// Values are what people typed.
impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Correction({}, …)", self.field)
    }
}

impl CorrectionRequest {
    /// Faults of the form, at the places where the request has what is wrong.
    fn placed(faults: Vec<Fault>) -> Vec<Fault> {
        let place = |fault: Fault| {
            let below = fault.pointer.splitn(3, '/').nth(2);
            let pointer = match below {
                None if fault.code == "unknown_field" => "/field".to_owned(),
                None => "/new".to_owned(),
                Some(below) => format!("/new/{below}"),
            };
            Fault { pointer, ..fault }
        };
        faults.into_iter().map(place).collect()
    }

    /// The correction of `form`, and the form as corrected.
    ///
    /// # Errors
    /// Every fault by pointer: a field that cannot be corrected, a value that the year does not take, or
    /// a correction that changes nothing.
    pub fn apply(
        self,
        form: &Form,
        rules: &RuleSet,
        at: Timestamp,
    ) -> Result<(Correction, Form), Vec<Fault>> {
        let refuse = |message: &str| Err(vec![Fault::new("/field", "not_allowed", message)]);
        if FIXED.contains(&self.field.as_str()) {
            return refuse(
                "the year, the party and the level of a request cannot be corrected; withdraw it and file a new one",
            );
        }
        let patch = FormPatch(json!({ (self.field.as_str()): self.new }));
        let value = |form: &Form| {
            let all = serde_json::to_value(form).expect("a form is made of texts and lists");
            all.get(&self.field).cloned().unwrap_or(Value::Null)
        };
        // A merge-patch merges into objects: a corrected field stands as a whole, so take the old away first.
        let away = FormPatch(json!({ (self.field.as_str()): null }));
        let corrected = form
            .patched(&away, rules)
            .and_then(|form| form.patched(&patch, rules))
            .map_err(Self::placed)?;
        let (old, new) = (value(form), value(&corrected));
        if old == new {
            return refuse("this is what the request says already");
        }
        let correction = Correction {
            at,
            field: format!("/{}", self.field),
            old,
            new,
            why: self.why,
            certification: self.certification,
        };
        Ok((correction, corrected))
    }
}
