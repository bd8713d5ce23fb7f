//! What gathers around a request after its form: files and corrections.

use serde::{Deserialize, Serialize};

use crate::{Attachment, AttachmentId, Correction, Form, FormPatch, RuleSet};

/// The most files that a review is ever granted, refused and removed ones included.
pub const MAX_GRANTS: usize = 200;

/// The most that all files of a review hold together, in bytes of JSON: they are stored as one item, which takes
/// 400 KB with the corrections. What a file becomes later adds little to what it was when it was granted.
const MAX_BYTES: usize = 120 * 1024;

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

    /// Whether one more file still fits beside those on record.
    pub(crate) fn takes(&self, one_more: &Attachment) -> bool {
        let bytes =
            |file: &Attachment| serde_json::to_vec(file).map_or(MAX_BYTES, |stored| stored.len());
        let stored: usize = self.files.iter().chain([one_more]).map(bytes).sum();
        self.files.len() < MAX_GRANTS && stored <= MAX_BYTES
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
