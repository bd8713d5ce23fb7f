//! One late submission, let in for an attempt that failed by our fault (domain.md #17).

use axum::Json;
use axum::extract::State;
use domain::{Command, TimeStep};
use edge::wire::{AnswerDocument, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::reading::moment;
use crate::wire::LateBody;

/// Let the owner of a draft submit once after the close, within three days. The attempt must have failed in the
/// last hour before the close. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/late-leave", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = LateBody, responses(
    (status = 200, description = "Given; letters follow by email", body = AnswerDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "The window has not closed, the leave was given before, or not a draft", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn allow(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let step = posted.read(|fields| {
        let failed_request = fields.text("failed_request");
        let named = "name the request that failed, by the id that its error told";
        let failed_request = fields.require("failed_request", failed_request, named);
        let attempted_at = moment(fields, "attempted_at");
        let named = "say when it arrived, in RFC 3339";
        let attempted_at = fields.require("attempted_at", attempted_at, named);
        Some(TimeStep::AllowLate {
            failed_request: failed_request?,
            attempted_at: attempted_at?,
        })
    })?;
    desk.changed(&caller, &posted, "late leave", &id, Command::Time(step))
        .await
}
