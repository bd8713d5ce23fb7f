//! A performance year: the calendar year in which data was collected.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A performance year (PY). Its payment year is two years later (domain.md #2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct PerformanceYear(i16);

/// There is no rule set for this year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownYear(pub PerformanceYear);

/// The value is not a year of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a performance year is a number of four digits, 2017 or later")]
pub struct NotAYear;

impl PerformanceYear {
    /// The year in which claims are paid with the adjustment.
    #[must_use]
    pub fn payment_year(self) -> i16 {
        self.0 + 2
    }
}

impl TryFrom<i64> for PerformanceYear {
    type Error = NotAYear;

    /// Any four-digit number parses; whether rules exist is for [`rule_set`](super::rule_set) to say.
    fn try_from(year: i64) -> Result<Self, NotAYear> {
        match i16::try_from(year) {
            Ok(year @ 1000..=9999) => Ok(Self(year)),
            Ok(_) | Err(_) => Err(NotAYear),
        }
    }
}

impl From<PerformanceYear> for i64 {
    fn from(year: PerformanceYear) -> Self {
        Self::from(year.0)
    }
}

impl FromStr for PerformanceYear {
    type Err = NotAYear;

    fn from_str(text: &str) -> Result<Self, NotAYear> {
        text.parse::<i64>().map_err(|_| NotAYear)?.try_into()
    }
}

impl fmt::Display for PerformanceYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl std::error::Error for UnknownYear {}

impl fmt::Display for UnknownYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = super::rule_sets()
            .map(|rules| rules.year.to_string())
            .collect();
        write!(
            f,
            "there are no rules for performance year {}; known years: {}",
            self.0,
            known.join(", ")
        )
    }
}
