//! What administrators order, and the windows that they change.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{Outline, PerformanceYear, ReviewId, WindowChange};
use workflow::KeyRecord;
use workflow::orders::{Order, OrderId};
use workflow::ports::{Committed, Orders, Outlines, PortError, WindowChanges};

use super::failure::done_or_moot;
use super::{Table, codec, keys};

#[async_trait]
impl Outlines for Table {
    async fn outlines(&self, ids: &[ReviewId]) -> Result<Vec<Outline>, PortError> {
        // A batch may not name a key twice.
        let ids: BTreeSet<_> = ids.iter().collect();
        self.hearts(ids.into_iter()).await
    }
}

#[async_trait]
impl Orders for Table {
    async fn order(&self, id: &OrderId) -> Result<Option<Order>, PortError> {
        let found = self.get(keys::order(id)).await?;
        found.map(codec::read_order).transpose()
    }

    async fn put_order(&self, order: &Order) -> Result<(), PortError> {
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(codec::order_item(order)))
            .condition_expression("attribute_not_exists(pk)");
        done_or_moot(call.send().await)
    }
}

#[async_trait]
impl WindowChanges for Table {
    async fn put_window(
        &self,
        year: PerformanceYear,
        place: u64,
        change: &WindowChange,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        let change = codec::window_item(year, place, change);
        self.write_with_key(change, key).await
    }
}
