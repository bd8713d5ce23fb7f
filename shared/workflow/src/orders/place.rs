//! Giving an order: the dry run, and the real one that names it.

use domain::{Digest, ReviewId, Role};

use super::select::concerned;
use super::{GivenBy, MOST, Order, OrderId, OrderWish, USUAL_CAP};
use crate::ports::{Cases, ClockIndex, CommandQueue, Orders, Outlines, ReviewsOfPerson};
use crate::{Failure, IdempotencyKey, Inbound, KeyName};

/// What giving an order needs of the world.
pub trait OrderPorts: Cases + ClockIndex + Orders + Outlines + ReviewsOfPerson {}

impl<P: Cases + ClockIndex + Orders + Outlines + ReviewsOfPerson + ?Sized> OrderPorts for P {}

/// What an order would do, or does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The order; `None` of a dry run.
    pub id: Option<OrderId>,
    /// The reviews that it concerns.
    pub reviews: Vec<ReviewId>,
    /// What the real run has to name.
    pub token: Digest,
}

/// What the order would do now. Nothing is changed.
///
/// # Errors
/// [`Failure::NotAdministrator`], or a port failed.
pub async fn dry_run(
    ports: &(impl OrderPorts + ?Sized),
    inbound: &Inbound<'_>,
    wish: &OrderWish,
) -> Result<Placed, Failure> {
    if !inbound.actor.roles.contains(&Role::Administrator) {
        return Err(Failure::NotAdministrator);
    }
    let reviews = concerned(ports, wish, inbound.received_at).await?;
    let token = token(wish, &reviews);
    Ok(Placed {
        id: None,
        reviews,
        token,
    })
}

/// Gives the order that a dry run showed: puts it on record, and hands out a command for each review.
///
/// # Errors
/// [`Failure::NotAdministrator`]; [`Failure::NotAsDry`] if it would do something else by now;
/// [`Failure::OverCap`] if it concerns more reviews than `cap` ([`USUAL_CAP`] if it names none, [`MOST`] at
/// most); [`Failure::KeyReused`]. When a port fails, the same request under the same key goes on with the
/// same reviews.
pub async fn place(
    ports: &(impl OrderPorts + ?Sized),
    queue: &(impl CommandQueue + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    wish: &OrderWish,
    named: Digest,
    cap: Option<u32>,
) -> Result<Placed, Failure> {
    let id = id(inbound, key);
    let order = match ports.order(&id).await? {
        Some(order) if order.token == named && order.wish == *wish => order,
        Some(_) => return Err(Failure::KeyReused),
        None => {
            let order = new(ports, inbound, id, wish, named, cap).await?;
            ports.put_order(&order).await?;
            order
        }
    };
    queue.hand_out_order(&order.id, &order.reviews).await?;
    tracing::info!(order = %order.id, reviews = order.reviews.len(), "ordered");
    Ok(Placed {
        id: Some(order.id),
        reviews: order.reviews,
        token: order.token,
    })
}

async fn new(
    ports: &(impl OrderPorts + ?Sized),
    inbound: &Inbound<'_>,
    id: OrderId,
    wish: &OrderWish,
    named: Digest,
    cap: Option<u32>,
) -> Result<Order, Failure> {
    let Placed { reviews, token, .. } = dry_run(ports, inbound, wish).await?;
    if token != named {
        return Err(Failure::NotAsDry);
    }
    let count = u32::try_from(reviews.len()).unwrap_or(u32::MAX);
    let cap = cap.unwrap_or(USUAL_CAP).min(MOST);
    if count > cap {
        return Err(Failure::OverCap { count, cap });
    }
    Ok(Order {
        id,
        at: inbound.received_at,
        by: GivenBy::of(inbound.actor),
        wish: wish.clone(),
        reviews,
        token,
    })
}

fn id(inbound: &Inbound<'_>, key: &IdempotencyKey) -> OrderId {
    let KeyName {
        account,
        route,
        key,
    } = KeyName::of(inbound, key);
    let key = key.to_string();
    let parts = [account.as_str(), &route, &key];
    OrderId::new(Digest::of(&parts.map(str::as_bytes)))
}

fn token(wish: &OrderWish, reviews: &[ReviewId]) -> Digest {
    let wish = serde_json::to_string(wish).expect("a wish is made of texts and days");
    let mut parts = vec![wish.as_bytes()];
    parts.extend(reviews.iter().map(|id| id.as_str().as_bytes()));
    Digest::of(&parts)
}
