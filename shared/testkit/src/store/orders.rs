//! What administrators order, and the windows that they change.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{Outline, PerformanceYear, ReviewId, WindowChange};
use workflow::KeyRecord;
use workflow::orders::{Order, OrderId};
use workflow::ports::{Committed, Orders, Outlines, PortError, WindowChanges};

use super::MemoryStore;
use super::commits::raced_if_declined;
use crate::mishap::Op;

#[async_trait]
impl Outlines for MemoryStore {
    async fn outlines(&self, ids: &[ReviewId]) -> Result<Vec<Outline>, PortError> {
        self.call(Op::Outlines, |state| {
            let ids: BTreeSet<_> = ids.iter().collect();
            let found = ids.into_iter().filter_map(|id| state.reviews.get(id));
            found.map(|review| review.outline.clone()).collect()
        })
        .await
    }
}

#[async_trait]
impl Orders for MemoryStore {
    async fn order(&self, id: &OrderId) -> Result<Option<Order>, PortError> {
        self.call(Op::Order, |state| state.orders.get(id).cloned())
            .await
    }

    async fn put_order(&self, order: &Order) -> Result<(), PortError> {
        self.call(Op::PutOrder, |state| {
            let kept = state.orders.entry(order.id.clone());
            kept.or_insert_with(|| order.clone());
        })
        .await
    }
}

#[async_trait]
impl WindowChanges for MemoryStore {
    async fn put_window(
        &self,
        year: PerformanceYear,
        place: u64,
        change: &WindowChange,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        let write = || {
            let state = &mut *self.lock();
            let made = state.programs.entry(year).or_default().len() as u64;
            if made != place || !state.has_room_for(key) {
                return Committed::Raced;
            }
            state.keys.insert(key.name.clone(), key.clone());
            let changes = state.programs.entry(year).or_default();
            changes.push(change.clone());
            Committed::Done
        };
        raced_if_declined(self.plan.around(Op::PutWindow, write).await)
    }
}
