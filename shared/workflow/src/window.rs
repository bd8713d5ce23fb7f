//! Announcing, extending and reopening the window of a year (domain.md #23).
//!
//! A change is one item, put where the next change belongs. Its people are told, and its drafts are returned,
//! by the next tick of the clock: nothing here touches a draft.

use domain::{Digest, PerformanceYear, Role, Window, WindowChange};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ports::{ClockIndex, Committed, Keys, Place, Programs, WindowChanges};
use crate::program::program_known;
use crate::{Failure, IdempotencyKey, Inbound, idempotency};

/// Drafts are counted so far; that there are more is said.
const COUNTED: u32 = 1_000;

/// What changing a window needs of the world.
pub trait WindowPorts: ClockIndex + Keys + Programs + WindowChanges {}

impl<P: ClockIndex + Keys + Programs + WindowChanges + ?Sized> WindowPorts for P {}

/// A change as an administrator wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowWish {
    /// The opening, if it is to be another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Timestamp>,
    /// The close.
    pub closes: Timestamp,
    /// Why, for people.
    pub reason: String,
}

/// What a change does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowEffect {
    /// Where the window stands then, in a sentence.
    pub sentence: String,
    /// Drafts whose people are told; 1,000 means that many or more.
    pub drafts: u32,
    /// Not submitted ones that become drafts again; 1,000 means that many or more.
    pub reopened: u32,
    /// What the real run has to name.
    pub token: Digest,
}

/// What the change would do now. Nothing is changed.
///
/// # Errors
/// [`Failure::NotAdministrator`], [`Failure::UnknownYear`], or [`Failure::Window`].
pub async fn window_dry_run(
    ports: &(impl WindowPorts + ?Sized),
    inbound: &Inbound<'_>,
    year: PerformanceYear,
    wish: &WindowWish,
) -> Result<WindowEffect, Failure> {
    decide(ports, inbound, year, wish)
        .await
        .map(|decided| decided.2)
}

/// Makes the change that a dry run showed.
///
/// # Errors
/// As [`window_dry_run`]; [`Failure::NotAsDry`] if the window is another by now; [`Failure::KeyReused`].
pub async fn change_window(
    ports: &(impl WindowPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    year: PerformanceYear,
    wish: &WindowWish,
    named: Digest,
) -> Result<WindowEffect, Failure> {
    if let Some(effect) = idempotency::replay(ports, inbound, key).await? {
        return Ok(effect);
    }
    let (change, place, effect) = decide(ports, inbound, year, wish).await?;
    if effect.token != named {
        return Err(Failure::NotAsDry);
    }
    let record = idempotency::record(inbound, key, &effect);
    match ports.put_window(year, place, &change, &record).await? {
        Committed::Done => {
            tracing::info!(%year, closes = ?change.closes, "the window is another");
            Ok(effect)
        }
        // Its twin was faster, and its answer is the answer; or another change was.
        Committed::Raced => match idempotency::replay(ports, inbound, key).await? {
            Some(effect) => Ok(effect),
            None => Err(Failure::NotAsDry),
        },
    }
}

/// The change, the place where it belongs, and what it does.
async fn decide(
    ports: &(impl WindowPorts + ?Sized),
    inbound: &Inbound<'_>,
    year: PerformanceYear,
    wish: &WindowWish,
) -> Result<(WindowChange, u64, WindowEffect), Failure> {
    if !inbound.actor.roles.contains(&Role::Administrator) {
        return Err(Failure::NotAdministrator);
    }
    let program = program_known(ports, year, inbound.received_at).await?;
    let drafts = counted(ports, Place::Drafts(year)).await?;
    let window = &program.window;
    let change = window.changed(wish.opens, wish.closes, &wish.reason, drafts > 0)?;
    let then = Window::at(change.known, [&change]);
    let reopened = counted(ports, Place::NotSubmitted(year)).await?;
    let made = ports.window_changes(year).await?.len() as u64;
    let wish = serde_json::to_string(wish).expect("a wish is made of texts and instants");
    let made_so_far = made.to_string();
    let year = year.to_string();
    let parts = [year.as_str(), &made_so_far, &wish];
    let effect = WindowEffect {
        sentence: then.sentence(),
        drafts,
        reopened: if then.is_open() { reopened } else { 0 },
        token: Digest::of(&parts.map(str::as_bytes)),
    };
    Ok((change, made, effect))
}

/// How many reviews stand in a place, up to [`COUNTED`].
async fn counted(ports: &(impl ClockIndex + ?Sized), place: Place) -> Result<u32, Failure> {
    let mut count = 0;
    for shard in 0..ports.clock_shards() {
        let left = COUNTED - count;
        if left == 0 {
            break;
        }
        let some = ports
            .placed(place, shard, Timestamp::MAX, None, left)
            .await?;
        count += u32::try_from(some.len()).unwrap_or(left);
    }
    Ok(count)
}
