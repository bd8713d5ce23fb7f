//! Service-centre ticket numbers (domain.md #62).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Line, LineError};

/// A ticket number as the service centre gave it, upper-cased. Another shape than `CS` and seven digits
/// is advice, not a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticket(Line<20>);

impl Ticket {
    /// Whether it is `CS` and seven digits.
    #[must_use]
    pub fn has_known_shape(&self) -> bool {
        self.0
            .as_str()
            .strip_prefix("CS")
            .is_some_and(|digits| digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl std::str::FromStr for Ticket {
    type Err = LineError;

    fn from_str(text: &str) -> Result<Self, LineError> {
        text.to_uppercase().parse().map(Self)
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_other_shapes_are_kept() {
        let ticket: Ticket = "cs0606124".parse().expect("a ticket");
        assert_eq!(ticket.to_string(), "CS0606124");
        assert!(ticket.has_known_shape());
        assert!(!"INC-1".parse::<Ticket>().expect("kept").has_known_shape());
    }
}
