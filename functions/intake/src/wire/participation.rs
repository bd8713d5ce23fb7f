//! What the participation look-up says. What it leaves out is left out here as well.

use domain::{Clinician, Eligibility, Line, ListedApm, ListedPractice, Npi, TinEnding};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::{LookUp, LookedUp};

/// What came of a look-up.
#[derive(Serialize, ToSchema)]
#[schema(as = Participation)]
pub(crate) struct ParticipationDocument {
    outcome: OutcomeDocument,
    /// What it means, and how to go on.
    message: String,
    /// Whom the look-up lists; only if the outcome is `found`.
    #[serde(skip_serializing_if = "Option::is_none")]
    clinician: Option<ClinicianDocument>,
    /// When it was so: answers are remembered for up to a day.
    #[schema(value_type = String, format = DateTime)]
    as_of: Timestamp,
}

/// What came of it, for programs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ParticipationOutcome)]
enum OutcomeDocument {
    /// The clinician is listed.
    Found,
    /// Nobody of this NPI is listed in the year.
    NotFound,
    /// There is no answer just now.
    Unavailable,
    /// There is no NPI to look up.
    NotApplicable,
}

/// A clinician as the look-up lists them.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedClinician)]
struct ClinicianDocument {
    /// The form's NPI.
    npi: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    /// The type of clinician.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Doctor of Medicine")]
    clinician_type: Option<String>,
    /// The program's own code for the status as a qualifying APM participant.
    #[serde(skip_serializing_if = "Option::is_none")]
    qp_status: Option<String>,
    practices: Vec<ListedPracticeDocument>,
}

/// A practice of the clinician; choose it in the form by its name.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedPractice)]
struct ListedPracticeDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sample Family Practice")]
    name: Option<String>,
    /// The end of its TIN: the rest is not public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "*****5100")]
    tin_masked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    specialty: Option<String>,
    /// The type of clinician there.
    #[serde(skip_serializing_if = "Option::is_none")]
    clinician_type: Option<String>,
    eligible: EligibilityDocument,
    /// Whether extreme and uncontrollable circumstances are on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    extreme_hardship: Option<bool>,
    /// APMs in which the clinician took part there.
    apms: Vec<ListedApmDocument>,
    /// Identifiers of virtual groups to which the practice belonged.
    virtual_groups: Vec<String>,
}

/// Whether the clinician is eligible for MIPS there, by each way of reporting.
#[derive(Serialize, ToSchema)]
#[schema(as = Eligibility)]
struct EligibilityDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    individual: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mips_apm: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_group: Option<bool>,
}

/// An APM in which the clinician took part.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedApm)]
struct ListedApmDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apm_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apm_name: Option<String>,
}

impl ParticipationDocument {
    pub(crate) fn of(look_up: LookUp) -> Self {
        let message = look_up.looked_up.to_string();
        let (outcome, clinician) = match look_up.looked_up {
            LookedUp::Found(npi, clinician) => (
                OutcomeDocument::Found,
                Some(ClinicianDocument::of(&npi, clinician)),
            ),
            LookedUp::NotFound => (OutcomeDocument::NotFound, None),
            LookedUp::Unavailable => (OutcomeDocument::Unavailable, None),
            LookedUp::NotApplicable(_) => (OutcomeDocument::NotApplicable, None),
        };
        Self {
            outcome,
            message,
            clinician,
            as_of: look_up.as_of,
        }
    }
}

fn text<const MAX: usize>(line: Option<Line<MAX>>) -> Option<String> {
    line.map(String::from)
}

impl ClinicianDocument {
    fn of(npi: &Npi, clinician: Clinician) -> Self {
        let practices = clinician.practices.into_iter();
        Self {
            npi: npi.to_string(),
            first_name: text(clinician.first_name),
            last_name: text(clinician.last_name),
            clinician_type: text(clinician.clinician_type),
            qp_status: text(clinician.qp_status),
            practices: practices.map(ListedPracticeDocument::of).collect(),
        }
    }
}

impl ListedPracticeDocument {
    fn of(practice: ListedPractice) -> Self {
        let Eligibility {
            individual,
            group,
            mips_apm,
            virtual_group,
        } = practice.eligible;
        let apm = |apm: ListedApm| ListedApmDocument {
            entity_name: text(apm.entity_name),
            apm_id: text(apm.apm_id),
            apm_name: text(apm.apm_name),
        };
        Self {
            name: text(practice.name),
            tin_masked: practice.tin.as_ref().map(TinEnding::masked),
            specialty: text(practice.specialty),
            clinician_type: text(practice.clinician_type),
            eligible: EligibilityDocument {
                individual,
                group,
                mips_apm,
                virtual_group,
            },
            extreme_hardship: practice.extreme_hardship,
            apms: practice.apms.into_iter().map(apm).collect(),
            virtual_groups: practice
                .virtual_groups
                .into_iter()
                .map(String::from)
                .collect(),
        }
    }
}
