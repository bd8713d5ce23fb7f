//! Two clinicians who do not exist, for one machine and for tests. Each takes part in every year.

use async_trait::async_trait;
use domain::{Clinician, Npi, PerformanceYear};
use workflow::ports::{LookUpError, Participation};

use crate::shape;

const SAMPLES: [(&str, &[u8]); 2] = [
    ("1234567893", include_bytes!("../samples/1234567893.json")),
    ("0162474486", include_bytes!("../samples/0162474486.json")),
];

/// Knows the samples, and nobody else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fixture;

#[async_trait]
impl Participation for Fixture {
    async fn clinician(
        &self,
        npi: &Npi,
        _year: PerformanceYear,
    ) -> Result<Option<Clinician>, LookUpError> {
        let sample = SAMPLES.iter().find(|(known, _)| *known == npi.as_str());
        sample
            .map(|(_, document)| shape::read(document, npi))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_sample_is_read_and_a_stranger_is_nobody() {
        let year = "2024".parse().expect("a year");
        let find = async |npi: &str| {
            let npi = npi.parse().expect("ten digits");
            Fixture.clinician(&npi, year).await.expect("an answer")
        };
        let alex = find("1234567893").await.expect("a sample");
        let names: Vec<_> = alex
            .practices
            .iter()
            .filter_map(|practice| practice.name.as_ref().map(ToString::to_string))
            .collect();
        assert_eq!(names, ["Sample Family Practice", "Example Hospitalists"]);
        let robin = find("0162474486").await.expect("a sample");
        assert_eq!(robin.practices[0].virtual_groups[0].as_str(), "x12345");
        assert_eq!(find("1112223334").await, None);
    }
}
