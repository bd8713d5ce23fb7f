//! The shape of the look-up's answer, read into the domain's types at this edge.
//!
//! It is somebody else's document, and it grows: fields that we do not know are passed over, and one that
//! is not as it was (a text where a yes or no stood) is left out rather than losing the rest. Only an
//! answer that is no answer, or one about somebody else, is refused.

use domain::{Clinician, Eligibility, Line, ListedApm, ListedPractice, Npi, TinEnding};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;
use workflow::ports::LookUpError;

#[derive(serde::Deserialize)]
struct Document {
    data: Data,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    npi: String,
    #[serde(default, deserialize_with = "if_readable")]
    first_name: Option<Line<200>>,
    #[serde(default, deserialize_with = "if_readable")]
    last_name: Option<Line<200>>,
    #[serde(default, deserialize_with = "if_readable")]
    qp_status: Option<Line<20>>,
    #[serde(default, deserialize_with = "if_readable")]
    specialty: Option<Specialty>,
    #[serde(default, deserialize_with = "those_readable")]
    organizations: Vec<Organization>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    #[serde(
        default,
        rename = "TIN",
        alias = "tin",
        deserialize_with = "if_readable"
    )]
    tin: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    prvdr_org_name: Option<Line<200>>,
    #[serde(default, deserialize_with = "if_readable")]
    individual_scenario: Option<Scenario>,
    #[serde(default, deserialize_with = "those_readable")]
    apms: Vec<Apm>,
    #[serde(default, deserialize_with = "those_readable")]
    virtual_groups: Vec<VirtualGroup>,
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Scenario {
    #[serde(default, deserialize_with = "if_readable")]
    specialty: Option<Specialty>,
    #[serde(default, deserialize_with = "if_readable")]
    is_eligible: Option<Eligible>,
    #[serde(default, deserialize_with = "if_readable")]
    extreme_hardship: Option<bool>,
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Specialty {
    #[serde(default, deserialize_with = "if_readable")]
    specialty_description: Option<Line<200>>,
    #[serde(default, deserialize_with = "if_readable")]
    type_description: Option<Line<200>>,
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Eligible {
    #[serde(default, deserialize_with = "if_readable")]
    individual: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    group: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    mips_apm: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    virtual_group: Option<bool>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Apm {
    #[serde(default, deserialize_with = "if_readable")]
    entity_name: Option<Line<200>>,
    #[serde(default, deserialize_with = "if_readable")]
    apm_id: Option<Line<40>>,
    #[serde(default, deserialize_with = "if_readable")]
    apm_name: Option<Line<200>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct VirtualGroup {
    virtual_group_identifier: Line<40>,
}

/// Reads a value of any type; one that is no `T` counts as missing.
fn if_readable<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    Value::deserialize(deserializer).map(|value| serde_json::from_value(value).ok())
}

/// Reads the items of a list that are each a `T`; what is no list is an empty one.
fn those_readable<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let items: Option<Vec<Value>> = if_readable(deserializer)?;
    Ok(items
        .into_iter()
        .flatten()
        .filter_map(|item| serde_json::from_value(item).ok())
        .collect())
}

/// The clinician in an answer to a question about `asked`.
///
/// # Errors
/// [`LookUpError::Unreadable`] when it is no such document, or about somebody else.
pub(crate) fn read(document: &[u8], asked: &Npi) -> Result<Clinician, LookUpError> {
    // serde's words may quote what they stumbled over: they stay here.
    let Document { data } = serde_json::from_slice(document)
        .map_err(|_| LookUpError::Unreadable("it is not the document that it should be"))?;
    if data.npi != asked.as_str() {
        return Err(LookUpError::Unreadable("it is about somebody else"));
    }
    let practices: Vec<_> = data.organizations.into_iter().map(practice).collect();
    // Older answers name the type once, newer ones at each practice.
    let clinician_type = data
        .specialty
        .and_then(|specialty| specialty.type_description)
        .or_else(|| {
            practices
                .iter()
                .find_map(|practice| practice.clinician_type.clone())
        });
    Ok(Clinician {
        first_name: data.first_name,
        last_name: data.last_name,
        clinician_type,
        qp_status: data.qp_status,
        practices,
    })
}

fn practice(organization: Organization) -> ListedPractice {
    let scenario = organization.individual_scenario.unwrap_or_default();
    let specialty = scenario.specialty.unwrap_or_default();
    let eligible = scenario.is_eligible.unwrap_or_default();
    let apm = |apm: Apm| ListedApm {
        entity_name: apm.entity_name,
        apm_id: apm.apm_id,
        apm_name: apm.apm_name,
    };
    ListedPractice {
        name: organization.prvdr_org_name,
        tin: organization.tin.as_deref().and_then(TinEnding::of),
        specialty: specialty.specialty_description,
        clinician_type: specialty.type_description,
        eligible: Eligibility {
            individual: eligible.individual,
            group: eligible.group,
            mips_apm: eligible.mips_apm,
            virtual_group: eligible.virtual_group,
        },
        extreme_hardship: scenario.extreme_hardship,
        apms: organization.apms.into_iter().map(apm).collect(),
        virtual_groups: organization
            .virtual_groups
            .into_iter()
            .map(|group| group.virtual_group_identifier)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_value(document: &Value) -> Result<Clinician, LookUpError> {
        let asked = "1234567893".parse().expect("ten digits");
        super::read(document.to_string().as_bytes(), &asked)
    }

    #[test]
    fn an_answer_is_read_whole() {
        let sample = include_bytes!("../samples/1234567893.json");
        let asked = "1234567893".parse().expect("ten digits");
        let clinician = super::read(sample, &asked).expect("the document");
        let line = |text: &str| text.parse().ok();
        assert_eq!(clinician.first_name, line("Alex"));
        assert_eq!(clinician.last_name, line("Sample"));
        assert_eq!(clinician.clinician_type, line("Doctor of Medicine"));
        assert_eq!(clinician.qp_status, "N".parse().ok());
        let second = ListedPractice {
            name: line("Example Hospitalists"),
            tin: TinEnding::of("5201"),
            specialty: line("Hospitalist"),
            clinician_type: line("Doctor of Medicine"),
            eligible: Eligibility {
                individual: Some(false),
                group: Some(true),
                mips_apm: Some(true),
                virtual_group: Some(false),
            },
            extreme_hardship: Some(true),
            apms: vec![ListedApm {
                entity_name: line("Sample Accountable Care"),
                apm_id: "08".parse().ok(),
                apm_name: line("Sample Shared Savings"),
            }],
            virtual_groups: vec![],
        };
        assert_eq!(clinician.practices[1..], [second]);
    }

    #[test]
    fn what_is_missing_strange_or_new_is_left_out_and_the_rest_is_read() {
        let document = json!({"data": {
            "npi": "1234567893",
            "firstName": null,
            "lastName": "Sample\u{202e}",
            "qpStatus": 7,
            "specialty": {"typeDescription": "Doctor of Medicine"},
            "organizations": [
                "a word",
                {"TIN": "000045100", "prvdrOrgName": "Sample Family Practice", "individualScenario": {
                    "isEligible": {"individual": true, "group": "not opted in"}, "extremeHardship": "no"},
                    "apms": null, "virtualGroups": [{}, {"virtualGroupIdentifier": "x12345"}]},
                {"future": {}},
            ],
            "future": [],
        }});
        let clinician = read_value(&document).expect("it can be read");
        assert_eq!((clinician.first_name, clinician.last_name), (None, None));
        assert_eq!(clinician.qp_status, None);
        assert_eq!(clinician.clinician_type, "Doctor of Medicine".parse().ok());
        let [practice, nameless] = &clinician.practices[..] else {
            panic!("{:?}", clinician.practices);
        };
        assert_eq!(practice.name, "Sample Family Practice".parse().ok());
        assert_eq!(
            practice.tin.as_ref().map(TinEnding::masked).as_deref(),
            Some("*****5100")
        );
        assert_eq!(practice.eligible.individual, Some(true));
        assert_eq!(practice.eligible.group, None);
        assert_eq!(practice.extreme_hardship, None);
        assert_eq!(practice.virtual_groups.len(), 1);
        assert_eq!(*nameless, ListedPractice::default());
    }

    #[test]
    fn no_answer_at_all_and_one_about_somebody_else_are_refused() {
        for document in [
            json!({}),
            json!([]),
            json!({"data": null}),
            json!({"data": {"firstName": "Alex"}}),
            json!({"data": {"npi": "0162474486", "firstName": "Robin"}}),
        ] {
            let error = read_value(&document).expect_err("no answer");
            assert!(matches!(error, LookUpError::Unreadable(_)), "{error}");
            assert!(!error.to_string().contains("0162474486"), "{error}");
        }
    }
}
