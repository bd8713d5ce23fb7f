//! What became of sweeps.

use axum::Json;
use axum::extract::State;
use domain::Role;
use edge::{Caller, Problem, ProblemDocument};
use workflow::Failure;

use crate::Desk;
use crate::wire::SweepList;

/// Runs that are shown: with reports of ticks that found something, some days.
const SHOWN: u32 = 100;

/// The latest runs of sweeps, the last first, and what came of them. For administrators.
#[utoipa::path(get, path = "/v1/sweeps", responses(
    (status = 200, body = SweepList),
    (status = 403, description = "Not an administrator", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
) -> Result<Json<SweepList>, Problem> {
    if !caller.actor.roles.contains(&Role::Administrator) {
        return Err(Failure::NotAdministrator.into());
    }
    let runs = desk.store.runs(SHOWN).await.map_err(Failure::from)?;
    Ok(Json(SweepList::of(&runs)))
}
