//! People, forms and instants that are sound, so that a test says only what it is about.
//!
//! Every address is at `example.org`, every number is one of the guides' samples (domain.md #59, #60).
//! [`SECRETS`] lists what must never be seen in a log, a queue or a metric.

mod forms;
mod people;

use domain::PerformanceYear;
use jiff::Timestamp;

pub use forms::{
    SECRETS, certification, clinician, clinician_certification, contact_and_staff, every_answer,
    group, individual,
};
pub use people::{
    administrator, hash_key, machine, other, owner, owner_without_email, registrar, reviewer,
    second_administrator, second_reviewer, staff,
};

/// PY2024.
///
/// # Panics
/// Never: 2024 is a year.
#[must_use]
pub fn year() -> PerformanceYear {
    "2024".parse().expect("a year")
}

/// A morning within PY2024's window, its close announced: 2025-10-20 10:00 in New York.
#[must_use]
pub const fn in_window() -> Timestamp {
    Timestamp::constant(1_760_968_800, 0)
}

/// The closing instant of PY2024: 2025-11-14 20:00 in New York (domain.md #16). It is out itself.
#[must_use]
pub const fn close() -> Timestamp {
    Timestamp::constant(1_763_168_400, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instants_are_the_ones_that_they_say() {
        assert_eq!(in_window().to_string(), "2025-10-20T14:00:00Z");
        assert_eq!(close().to_string(), "2025-11-15T01:00:00Z");
    }
}
