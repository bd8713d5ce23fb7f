//! What the clock and administrators keep: places of reviews, windows, orders.

use domain::{PerformanceYear, Reminded, Review, WindowChange};
use serde::{Deserialize, Serialize};
use workflow::clock::places;
use workflow::orders::Order;
use workflow::ports::{Place, PortError};

use super::super::keys;
use super::{Item, SHAPE, item, read};

/// Where sweeps find a review, as attributes of the indexes.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct PlacesOfItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_shard: Option<String>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock_shard: Option<String>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock_reminded: Option<Reminded>,
}

impl PlacesOfItem {
    pub(super) fn of(review: &Review) -> Self {
        let mut item = Self::default();
        for (place, placed) in places(review) {
            let shard = keys::clock_shard(place, keys::shard_of(&placed.review));
            let at = placed.at.as_millisecond();
            if place == Place::Due {
                (item.due_shard, item.due_at) = (Some(shard), Some(at));
            } else {
                (item.clock_shard, item.clock_at) = (Some(shard), Some(at));
                item.clock_reminded = placed.reminded;
            }
        }
        item
    }
}

#[derive(Serialize, Deserialize)]
struct OrderItem {
    v: u8,
    order: Order,
}

#[derive(Serialize, Deserialize)]
struct WindowItem {
    v: u8,
    change: WindowChange,
}

#[derive(Deserialize)]
struct RemindedItem {
    #[serde(default)]
    clock_reminded: Option<Reminded>,
}

/// The last reminder of a draft, as an index has it.
pub(in super::super) fn read_reminded(entry: Item) -> Result<Option<Reminded>, PortError> {
    read::<RemindedItem>("place", entry).map(|found| found.clock_reminded)
}

pub(in super::super) fn read_window_change(found: Item) -> Result<WindowChange, PortError> {
    read::<WindowItem>("window change", found).map(|found| found.change)
}

pub(in super::super) fn window_item(
    year: PerformanceYear,
    place: u64,
    change: &WindowChange,
) -> Item {
    let value = WindowItem {
        v: SHAPE,
        change: change.clone(),
    };
    item(keys::window(year, place), &value)
}

pub(in super::super) fn order_item(order: &Order) -> Item {
    let value = OrderItem {
        v: SHAPE,
        order: order.clone(),
    };
    item(keys::order(&order.id), &value)
}

pub(in super::super) fn read_order(found: Item) -> Result<Order, PortError> {
    read::<OrderItem>("order", found).map(|found| found.order)
}
