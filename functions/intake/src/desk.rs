//! What stands behind the doors.

use std::sync::Arc;

use domain::PersonHashKey;
use edge::Caller;
use workflow::Inbound;
use workflow::ports::{
    Acceptances, Commits, Entropy, Heads, Histories, Keys, Programs, Reviews, ReviewsOfAccount,
};

/// Everything that the filer's doors ask of the store; the template's policy for `intake` says the same.
pub trait Store:
    Acceptances + Commits + Heads + Histories + Keys + Programs + Reviews + ReviewsOfAccount
{
}

impl<S: Acceptances + Commits + Heads + Histories + Keys + Programs + Reviews + ReviewsOfAccount>
    Store for S
{
}

/// What stands behind the doors.
#[derive(Clone)]
pub struct Desk {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Random bits for ids.
    pub entropy: Arc<dyn Entropy>,
    /// The secret for people's keys.
    pub hash_key: PersonHashKey,
}

impl Desk {
    /// The caller's request, as use cases take it.
    pub(crate) fn inbound<'a>(&'a self, caller: &'a Caller) -> Inbound<'a> {
        Inbound {
            actor: &caller.actor,
            received_at: caller.received_at,
            entropy: &*self.entropy,
            hash_key: &self.hash_key,
        }
    }
}
