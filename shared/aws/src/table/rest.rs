//! A moment's rest after a lost race: writers that met once would otherwise meet again at the next attempt, and whoever
//! decides slowest, a person's request beside workers, would be told that all are busy. There is one, too, before what a
//! batch left undone is asked for again.

use std::time::Duration;

use workflow::ports::PortError;

use super::failure::unexpected;

/// The longest rest; how long each is, chance says.
const LONGEST: Duration = Duration::from_millis(200);

/// Rests for a moment that chance chooses.
pub(super) async fn rest() -> Result<(), PortError> {
    let chance = getrandom::u32().map_err(|_| unexpected("the system has no random bits"))?;
    let part = f64::from(chance) / f64::from(u32::MAX);
    tokio::time::sleep(LONGEST.mul_f64(part)).await;
    Ok(())
}
