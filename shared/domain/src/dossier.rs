//! What gathers around a request after its form: files and corrections.

use serde::{Deserialize, Serialize};

use crate::{Attachment, AttachmentId, Correction, Form, FormPatch, RuleSet};

/// Files and corrections of a review.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Every file that was ever granted, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// Corrections after submission, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

impl Dossier {
    /// The file of that id.
    #[must_use]
    pub fn file(&self, id: &AttachmentId) -> Option<&Attachment> {
        self.files.iter().find(|file| file.id == *id)
    }

    /// `form` with every correction laid over it: what the filer claims now. The form itself, as it was
    /// certified, stays what it was.
    #[must_use]
    pub fn corrected(&self, form: &Form, rules: &RuleSet) -> Form {
        self.corrections
            .iter()
            .fold(form.clone(), |form, correction| {
                let name = correction.field.trim_start_matches('/');
                let step = |form: &Form, value: &serde_json::Value| {
                    form.patched(&FormPatch(serde_json::json!({ (name): value })), rules)
                };
                step(&form, &serde_json::Value::Null)
                    .and_then(|form| step(&form, &correction.new))
                    .expect("a correction was read by these rules before it was recorded")
            })
    }
}
