//! Ports for what administrators order.

use async_trait::async_trait;
use domain::{Outline, PerformanceYear, ReviewId, WindowChange};

use super::{Committed, PortError};
use crate::KeyRecord;
use crate::orders::{Order, OrderId};

/// Reads the hearts of many reviews.
#[async_trait]
pub trait Outlines: Send + Sync {
    /// Those of `ids` that are there, each once, in the order of their ids.
    async fn outlines(&self, ids: &[ReviewId]) -> Result<Vec<Outline>, PortError>;
}

/// Keeps orders.
#[async_trait]
pub trait Orders: Send + Sync {
    /// The order.
    async fn order(&self, id: &OrderId) -> Result<Option<Order>, PortError>;

    /// Puts the order on record; one that is on record stays as it is.
    async fn put_order(&self, order: &Order) -> Result<(), PortError>;
}

/// Changes the window of a year.
#[async_trait]
pub trait WindowChanges: Send + Sync {
    /// Writes the change and the key's record together, if `place` changes were made before it.
    /// [`Committed::Raced`] if there are more, or the key is in force.
    async fn put_window(
        &self,
        year: PerformanceYear,
        place: u64,
        change: &WindowChange,
        key: &KeyRecord,
    ) -> Result<Committed, PortError>;
}
