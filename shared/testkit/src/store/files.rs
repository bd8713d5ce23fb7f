//! How many uploads a person was granted.

use async_trait::async_trait;
use domain::AccountKey;
use jiff::Timestamp;
use workflow::ports::{Counted, GRANTS_AN_HOUR, GrantCounts, PortError};

use super::MemoryStore;
use crate::mishap::Op;

#[async_trait]
impl GrantCounts for MemoryStore {
    async fn count_grant(&self, account: &AccountKey, at: Timestamp) -> Result<Counted, PortError> {
        let hour = at.as_second().div_euclid(60 * 60);
        self.call(Op::CountGrant, |state| {
            let granted = state.grants.entry((account.clone(), hour)).or_default();
            if *granted < GRANTS_AN_HOUR {
                *granted += 1;
                Counted::Counted
            } else {
                Counted::NoneLeft
            }
        })
        .await
    }
}
