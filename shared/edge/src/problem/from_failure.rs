//! What each failure of a use case is in HTTP.

use axum::http::{HeaderValue, StatusCode, header};
use domain::{CommandName, Fault, Refused, Review, WindowState, civil_text, rule_set};
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::Failure;
use workflow::ports::PortError;

use super::Problem;
use crate::etag;

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::not_found(
                "There is no such review among yours. Check the id; you may be signed in with another account.",
            ),
            Failure::UnknownYear(error) => {
                Self::faulty(vec![Fault::new("/year", "not_allowed", error.to_string())])
            }
            Failure::StatementNotAccepted(text) => {
                let detail = format!(
                    "Before your first change, read the statement of truth and accept it as \"{text}\"."
                );
                Self::new(
                    StatusCode::FORBIDDEN,
                    "statement-not-accepted",
                    "Statement of truth not accepted",
                    detail,
                )
                .with("text", text.to_string())
                .with("read_at", format!("/v1/texts/{}", text.name()))
                .with("accept_at", "/v1/statement/acceptances")
            }
            Failure::NotThePresentStatement(text) => Self::faulty(vec![Fault::new(
                "/text",
                "not_allowed",
                format!("read the present statement of truth and accept it as \"{text}\""),
            )]),
            Failure::KeyReused => {
                let detail = "This Idempotency-Key was used for another body. Take a new key for a new request; repeat the old body to see its answer.";
                Self::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "idempotency-key-reused",
                    "Idempotency-Key reused",
                    detail,
                )
            }
            Failure::NotAdministrator => Self::new(
                StatusCode::FORBIDDEN,
                "not-allowed",
                "Not for you to do",
                "Only an administrator may do this.",
            ),
            Failure::Window(refused) => Self::new(
                StatusCode::CONFLICT,
                "window",
                "The window cannot be changed so",
                refused.to_string(),
            ),
            failure @ Failure::NotAsDry => Self::new(
                StatusCode::CONFLICT,
                "not-as-dry",
                "Not what the dry run showed",
                failure.to_string(),
            ),
            failure @ Failure::OverCap { count, cap } => Self::new(
                StatusCode::CONFLICT,
                "over-cap",
                "More reviews than the cap",
                failure.to_string(),
            )
            .with("count", count)
            .with("cap", cap),
            Failure::Refused(refused, review) => refusal(&refused, review.as_deref()),
            Failure::TooManyGrants(wait) => {
                let minutes = (wait.as_secs() + 59) / 60;
                let detail = format!(
                    "As many uploads were granted to you within this hour as there can be. Use the ones that you have; the next can be granted in {minutes} minutes."
                );
                let title = "Too many uploads";
                let seconds = HeaderValue::from(wait.as_secs().unsigned_abs());
                Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too-many-uploads",
                    title,
                    detail,
                )
                .with_header(header::RETRY_AFTER, seconds)
            }
            Failure::Busy => Self::unavailable(
                "Others are changing this review at the same moment. Nothing was changed; try again.",
            ),
            Failure::Port(error @ PortError::Unavailable { .. }) => {
                tracing::error!(%error, "a service is not available");
                Self::unavailable(
                    "A service that we need does not answer. Repeat the request with the same Idempotency-Key; it will not be done twice.",
                )
            }
            Failure::Port(error @ PortError::Unreadable { .. }) => {
                Self::internal(&error.to_string())
            }
        }
    }
}

/// What the domain refused.
fn refusal(refused: &Refused, review: Option<&Review>) -> Problem {
    let problem = |status, kind, title| Problem::new(status, kind, title, refused.to_string());
    match refused {
        Refused::NotInStatus(..) => {
            let problem = problem(
                StatusCode::CONFLICT,
                "wrong-status",
                "Not possible in this status",
            );
            helped(problem, review).with(
                "review_status",
                review.map(|review| json!(review.outline.status.name())),
            )
        }
        Refused::OutsideWindow(window) => {
            let problem = problem(StatusCode::CONFLICT, "outside-window", "Outside the window");
            helped(problem, review).with("window", window_state(window.state()))
        }
        Refused::Unacknowledged(window) => {
            let title = "The window has closed";
            let problem = problem(StatusCode::CONFLICT, "not-acknowledged", title);
            helped(problem, review).with("window", window_state(window.state()))
        }
        Refused::NotAllowed(_) => helped(
            problem(StatusCode::FORBIDDEN, "not-allowed", "Not for you to do"),
            review,
        ),
        Refused::TooEarly(_, from) => {
            let problem = problem(StatusCode::CONFLICT, "too-early", "Too early");
            helped(problem, review).with("from", instant(*from))
        }
        Refused::Unfit(_) => {
            let title = "Not possible as things stand";
            let problem = problem(StatusCode::CONFLICT, "unfit", title);
            helped(problem, review).with(
                "review_status",
                review.map(|review| json!(review.outline.status.name())),
            )
        }
        Refused::StaleForm(revision) => problem(
            StatusCode::PRECONDITION_FAILED,
            "stale-form",
            "The form has changed",
        )
        .with("current", review.map(|review| json!(review.form)))
        .with("form_revision", *revision)
        .with_header(header::ETAG, etag(*revision)),
        Refused::StaleReview(command, version) => problem(
            StatusCode::PRECONDITION_FAILED,
            "stale-review",
            "The review has changed",
        )
        .with("current", review.map(|review| current(*command, review)))
        .with("version", *version)
        .with_header(header::ETAG, etag(*version)),
        Refused::Faulty(faults) => Problem::faulty(faults.clone()),
    }
}

/// What stands now where the command would have changed something.
fn current(command: CommandName, review: &Review) -> Value {
    if command == CommandName::Rename {
        json!({ "name": review.outline.name })
    } else if command == CommandName::EditPeople {
        json!(review.people.as_entered())
    } else {
        json!({ "status": review.outline.status.name() })
    }
}

/// Whom to call stands in every refusal (domain.md #10).
fn helped(problem: Problem, review: Option<&Review>) -> Problem {
    let year = review.map(|review| review.outline.year);
    let rules = year
        .and_then(|year| rule_set(year).ok())
        .or_else(|| domain::rule_sets().next());
    match rules {
        Some(rules) => problem.with("help", json!(rules.contacts)),
        None => problem,
    }
}

fn window_state(state: WindowState) -> Value {
    match state {
        WindowState::Unannounced => json!({"state": "unannounced"}),
        WindowState::NotYetOpen(opens) => json!({"state": "not_yet_open", "opens": instant(opens)}),
        WindowState::Open(closes) => json!({"state": "open", "closes": closes.map(instant)}),
        WindowState::Closed(closed) => json!({"state": "closed", "closed": instant(closed)}),
    }
}

fn instant(at: Timestamp) -> Value {
    json!({"at": at, "new_york": civil_text(at)})
}
