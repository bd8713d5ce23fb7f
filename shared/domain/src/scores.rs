//! Scores and payment adjustments as exact decimals, never as floating-point numbers (domain.md #55–#57).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Category, Fault, RuleSet};

/// A decimal number with up to four places, kept as ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Exact(i64);

/// The text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a decimal number in double quotes with at most four places, such as \"65.00\" or \"-1.2\""
)]
pub struct ExactError;

impl Exact {
    const ONE: i64 = 10_000;

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i32) -> Self {
        Self(number as i64 * Self::ONE)
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    fn from_str(text: &str) -> Result<Self, ExactError> {
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |text: &str, most: usize| {
            let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i64>().ok().filter(|_| fits).ok_or(ExactError)
        };
        let ten_thousandths = number(&format!("{places:0<4}"), 4)?;
        if places.is_empty() {
            return Err(ExactError);
        }
        Ok(Self(
            sign * (number(whole, 6)? * Self::ONE + ten_thousandths),
        ))
    }
}

impl TryFrom<String> for Exact {
    type Error = ExactError;

    fn try_from(text: String) -> Result<Self, ExactError> {
        text.parse()
    }
}

impl From<Exact> for String {
    fn from(number: Exact) -> Self {
        number.to_string()
    }
}

/// At least two places: `65.00`, `-1.2345`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / Self::ONE, self.0.abs() % Self::ONE);
        let places = format!("{rest:04}");
        let kept = places.trim_end_matches('0').len().max(2);
        write!(f, "{sign}{whole}.{}", &places[..kept])
    }
}

/// A category's part of the final score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryScore {
    /// The category.
    pub category: Category,
    /// Points of a maximum; `None` if it was not scored.
    pub scored: Option<Scored>,
}

/// Points of a maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    /// The points.
    pub points: Exact,
    /// The most that could be reached.
    pub of: Exact,
}

/// The score of one participation option (domain.md #55).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// The final score, 0 to 100.
    pub final_score: Exact,
    /// The categories, each at most once.
    pub categories: Vec<CategoryScore>,
    /// The complex patient bonus, in points.
    pub complex_patient_bonus: Option<Exact>,
    /// The payment adjustment, in percent.
    pub adjustment: Exact,
    /// The additional adjustment for exceptional performance, in percent (domain.md #1).
    pub additional_adjustment: Option<Exact>,
    /// The day from which the adjustment holds.
    pub from: Date,
}

/// What an approval does to the scores (domain.md #57).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RevisedScores {
    /// Nothing: the approval changes eligibility only.
    None,
    /// They follow.
    Pending,
    /// The old beside the new (domain.md #56).
    Given {
        /// The scores before the review.
        was: Box<Scores>,
        /// The scores after it.
        now: Box<Scores>,
    },
}

impl RevisedScores {
    /// What the year does not allow in these scores, by pointer.
    #[must_use]
    pub fn faults(&self, rules: &RuleSet) -> Vec<Fault> {
        match self {
            Self::None | Self::Pending => Vec::new(),
            Self::Given { was, now } => [("/scores/was", was), ("/scores/now", now)]
                .into_iter()
                .flat_map(|(pointer, scores)| scores.faults(pointer, rules))
                .collect(),
        }
    }
}

impl Scores {
    fn faults(&self, pointer: &str, rules: &RuleSet) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut check = |place: String, holds: bool, message: &str| {
            if !holds {
                faults.push(Fault::new(format!("{pointer}/{place}"), "invalid", message));
            }
        };
        let within = |number: Exact, low: i32, high: i32| {
            Exact::whole(low) <= number && number <= Exact::whole(high)
        };
        check(
            "final_score".into(),
            within(self.final_score, 0, 100),
            "a final score lies between 0 and 100",
        );
        check(
            "adjustment".into(),
            within(self.adjustment, -100, 100),
            "an adjustment is a percentage between -100 and 100",
        );
        let additional = self.additional_adjustment;
        check(
            "additional_adjustment".into(),
            additional.is_none() || rules.additional_adjustment,
            "this year has no additional adjustment; leave it out with null",
        );
        check(
            "additional_adjustment".into(),
            additional.is_none_or(|percent| within(percent, 0, 100)),
            "an additional adjustment is a percentage between 0 and 100",
        );
        check(
            "complex_patient_bonus".into(),
            self.complex_patient_bonus
                .is_none_or(|points| within(points, 0, 100)),
            "a bonus lies between 0 and 100 points",
        );
        for (place, score) in self.categories.iter().enumerate() {
            let known = rules
                .categories
                .iter()
                .any(|choice| choice.code == score.category);
            let once = !self.categories[..place]
                .iter()
                .any(|other| other.category == score.category);
            check(
                format!("categories/{place}/category"),
                known && once,
                "name each of the year's categories at most once",
            );
            let fits = score.scored.is_none_or(|scored| {
                within(scored.points, 0, 100)
                    && within(scored.of, 0, 100)
                    && scored.points <= scored.of
            });
            check(
                format!("categories/{place}/scored"),
                fits,
                "points lie between 0 and the most that could be reached",
            );
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_print_two_places() {
        for (text, printed) in [
            ("65", "65.00"),
            ("65.0", "65.00"),
            ("-1.2", "-1.20"),
            ("−1.20", "-1.20"),
            ("+3.0001", "3.0001"),
            ("0.10", "0.10"),
            ("-0.0500", "-0.05"),
        ] {
            let number: Exact = text.parse().expect(text);
            assert_eq!(number.to_string(), printed);
            assert_eq!(printed.parse(), Ok(number));
        }
        for wrong in [
            "", ".", "1.", ".5", "1.23456", "1e3", "--1", "1,5", "12345678", "1.-1",
        ] {
            assert_eq!(wrong.parse::<Exact>(), Err(ExactError), "{wrong}");
        }
    }
}
