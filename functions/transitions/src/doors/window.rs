//! The window of a year: announced, extended, reopened; dry first (domain.md #23).

use axum::Json;
use axum::extract::{Path, State};
use domain::{Line, PerformanceYear};
use edge::wire::IdempotencyHeader;
use edge::{Caller, Posted, Problem, ProblemDocument};
use workflow::{WindowWish, change_window, window_dry_run};

use crate::Desk;
use crate::reading::{Go, go, moment};
use crate::wire::{WindowBody, WindowEffectDocument};

/// Announce, extend or reopen the window of a year. First with `dry_run`, which changes nothing and answers
/// a `token`; then with that token. For administrators. People are told, and drafts that a close overtook
/// become drafts again, within minutes.
#[utoipa::path(post, path = "/v1/program/{year}/window", params(("year", description = "The performance year", example = 2024), IdempotencyHeader),
    request_body = WindowBody, responses(
    (status = 200, description = "What it does, or would do", body = WindowEffectDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 404, description = "No such year", body = ProblemDocument),
    (status = 409, description = "The window cannot be changed so, or is not as the dry run found it", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn change(
    State(desk): State<Desk>,
    caller: Caller,
    Path(year): Path<String>,
    posted: Posted,
) -> Result<Json<WindowEffectDocument>, Problem> {
    let known = year.parse::<PerformanceYear>();
    let year =
        known.map_err(|error| Problem::not_found(format!("There is no such year: {error}.")))?;
    let (wish, run) = posted.read(|fields| {
        let opens = moment(fields, "opens");
        let closes = moment(fields, "closes");
        let closes = fields.require("closes", closes, "name the closing instant, in RFC 3339");
        let reason = fields.text::<Line<300>>("reason");
        let reason = fields.require("reason", reason, "say why; everyone with a draft is told");
        let run = go(fields);
        let wish = WindowWish {
            opens,
            closes: closes?,
            reason: reason?.into(),
        };
        Some((wish, run?))
    })?;
    let inbound = desk.inbound(&caller);
    let effect = match run {
        Go::Dry => window_dry_run(&*desk.store, &inbound, year, &wish).await?,
        Go::Real { token } => {
            let key = posted.key(format!("window {year}"))?;
            change_window(&*desk.store, &inbound, &key, year, &wish, token).await?
        }
    };
    Ok(Json(WindowEffectDocument::of(effect)))
}
