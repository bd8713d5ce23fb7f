//! What people see of the stack: one page that shows all of it, a mailbox, and a few plain answers for `curl`.
//!
//! Rendered on the server, without anything from elsewhere; two small static files are all the page loads. It only
//! shows: the one thing that can be changed from here is the set clock, forward. It answers under `/` and
//! `/_local/` and nowhere else, so it never stands in the way of an API route.

mod guard;
mod home;
mod mailbox;
mod plain;
mod view;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

pub use view::{FunctionView, PagesState, QueueView, RouteView, StackView};

/// The pages, for the front to mount beside the API.
pub fn router(state: PagesState) -> Router {
    Router::new()
        .route("/", get(home::page))
        .route("/_local/assets/{file}", get(plain::asset))
        .route("/_local/mail", get(mailbox::list))
        .route("/_local/mail/{id}", get(mailbox::mail))
        .route("/_local/mail/{id}/html", get(mailbox::html_part))
        .route("/_local/mail/{id}/raw", get(mailbox::raw))
        .route("/_local/token", get(plain::token))
        .route("/_local/clock", get(plain::clock).post(plain::advance))
        .route(
            "/_local/scanner",
            get(plain::scanner).post(plain::change_scanner),
        )
        .route("/_local/logs/{function}", get(plain::logs))
        .route(
            "/_local/oidc/.well-known/openid-configuration",
            get(plain::discovery),
        )
        .route("/_local/oidc/jwks.json", get(plain::key_set))
        .layer(axum::middleware::from_fn(guard::guard))
        .with_state(state)
}

/// Whether the caller asks for data instead of a page.
fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| {
            accept.split(',').any(|kind| {
                kind.split(';')
                    .next()
                    .is_some_and(|kind| kind.trim() == "application/json")
            })
        })
}

fn rendered(template: &impl askama::Template) -> Response {
    match template.render() {
        Ok(page) => Html(page).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn not_found(sentence: String) -> Response {
    (StatusCode::NOT_FOUND, sentence + "\n").into_response()
}
