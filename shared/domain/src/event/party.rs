//! How a letter names whom a review is about.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Application, ApplicationType, Form, Line, Outline, PerformanceYear, Practice};

/// How a letter names the party of a review: what there is, a TIN masked.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// The performance year.
    pub year: PerformanceYear,
    /// The owner's label.
    pub name: Line<100>,
    /// The type, if it had been chosen.
    pub application: Option<ApplicationType>,
    /// The identifier: an NPI in full, a TIN masked.
    pub identifier: Option<String>,
    /// The clinician's or the group's name.
    pub party_name: Option<Line<200>>,
    /// The practice's or the group's TIN, masked to its last four digits.
    pub tin: Option<String>,
    /// The practice's name; or that it is not listed.
    pub practice: Option<String>,
}

/// A letter may name the party; `Debug`, which ends in logs, may not.
impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Party")
            .field("year", &self.year)
            .field("application", &self.application)
            .finish_non_exhaustive()
    }
}

impl Party {
    /// The party as `form` names it now.
    #[must_use]
    pub fn of(outline: &Outline, form: &Form) -> Self {
        let application = form.application.as_ref();
        let group_tin = application
            .and_then(Application::tin)
            .map(crate::Tin::masked);
        let (practice, practice_tin) = match &form.practice {
            None => (None, None),
            Some(Practice::Listed { name }) => (Some(name.to_string()), None),
            Some(Practice::NotListed { tin, name }) => {
                let name = name
                    .as_ref()
                    .map_or_else(|| "Not listed".to_owned(), ToString::to_string);
                (Some(name), Some(tin.masked()))
            }
        };
        Self {
            year: outline.year,
            name: outline.name.clone(),
            application: application.map(Application::kind),
            identifier: application.and_then(Application::identifier),
            party_name: form.party_name.clone(),
            tin: group_tin.or(practice_tin),
            practice,
        }
    }
}
