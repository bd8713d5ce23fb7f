//! The participation look-up, in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{Clinician, Npi, PerformanceYear};
use workflow::ports::{LookUpError, Participation};

use crate::mishap::{Op, Plan, Went};

/// Lists whom it was told of, and remembers whom it was asked about. A clone is the same directory.
///
/// Planned for [`Op::LookUp`]: `Unavailable` and `ReplyLost` are no answer in time, `Declined` is a 429.
#[derive(Debug, Clone, Default)]
pub struct MemoryDirectory {
    /// What goes wrong.
    pub plan: Plan,
    listed: Arc<Mutex<HashMap<Listing, Clinician>>>,
    asked: Arc<Mutex<Vec<Listing>>>,
}

type Listing = (Npi, PerformanceYear);

impl MemoryDirectory {
    /// Lists `clinician` in `year`.
    pub fn list(&self, npi: &Npi, year: PerformanceYear, clinician: Clinician) {
        let mut listed = self
            .listed
            .lock()
            .expect("nothing panics while it is locked");
        listed.insert((npi.clone(), year), clinician);
    }

    /// Whom it was asked about, in that order; those included whom it gave no answer about.
    #[must_use]
    pub fn asked(&self) -> Vec<(Npi, PerformanceYear)> {
        let asked = self.asked.lock();
        asked.expect("nothing panics while it is locked").clone()
    }
}

#[async_trait]
impl Participation for MemoryDirectory {
    async fn clinician(
        &self,
        npi: &Npi,
        year: PerformanceYear,
    ) -> Result<Option<Clinician>, LookUpError> {
        let listing = (npi.clone(), year);
        self.asked
            .lock()
            .expect("nothing panics while it is locked")
            .push(listing.clone());
        let find = || {
            let listed = self.listed.lock();
            let listed = listed.expect("nothing panics while it is locked");
            listed.get(&listing).cloned()
        };
        match self.plan.around(Op::LookUp, find).await {
            Went::Well(found) => Ok(found),
            Went::Declined => Err(LookUpError::Throttled),
            Went::Silent => Err(LookUpError::TimedOut),
        }
    }
}
