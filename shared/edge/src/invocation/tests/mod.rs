//! Exactly one line, whatever becomes of an invocation.

mod lists;

use std::cell::RefCell;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use axum::Router;
use axum::http::{Request, Response};
use axum::routing::get;
use futures::FutureExt as _;
use jiff::Timestamp;
use lambda_runtime::tower::ServiceExt as _;
use lambda_runtime::tower::{Layer as _, Service as _};
use lambda_runtime::{Error, LambdaInvocation, service_fn};
use serde_json::{Value, json};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

use super::collector::{Collector, is_told};
use super::{Ending, Invocations};
use crate::batch::each_message;
use workflow::clock::{Counts, Run, Sweep};

use crate::{Problem, http, sweep};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn keep(line: &str) {
    LINES.with_borrow_mut(|lines| lines.push(line.to_owned()));
}

/// The one line that an invocation of `handle` writes.
async fn line_of(handle: impl AsyncFn()) -> Value {
    let told = tracing_subscriber::filter::filter_fn(is_told);
    let heard = tracing_subscriber::registry().with(Collector.with_filter(told));
    let _heard = tracing::subscriber::set_default(heard);
    let handle = &handle;
    let function = service_fn(async |_: LambdaInvocation| {
        handle().await;
        Ok::<_, Error>(())
    });
    let mut function = Invocations { write: keep }.layer(function);
    let mut context = lambda_runtime::Context::default();
    context.request_id = "an-id".to_owned();
    context.xray_trace_id = Some(
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1".to_owned(),
    );
    let invocation = LambdaInvocation {
        parts: Response::new(()).into_parts().0,
        body: axum::body::Bytes::new(),
        context,
    };
    let invoked = AssertUnwindSafe(function.call(invocation));
    drop(invoked.catch_unwind().await);
    let lines = LINES.take();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with('\n') && lines[0].matches('\n').count() == 1);
    serde_json::from_str(&lines[0]).expect("a line is JSON")
}

/// The line without what differs from run to run, after a look at that.
fn settled(mut line: Value) -> Value {
    let fields = line.as_object_mut().expect("an object");
    let duration = fields
        .remove("duration_ms")
        .and_then(|value| value.as_f64());
    assert!(duration.is_some_and(|duration| duration >= 0.0));
    if let Some(metadata) = fields.get_mut("_aws") {
        let at = metadata["Timestamp"].take();
        assert!(at.as_i64().is_some_and(|at| at > 1_700_000_000_000), "{at}");
    }
    line
}

fn messages(bodies: &[&str]) -> SqsEvent {
    let mut event = SqsEvent::default();
    for body in bodies {
        let mut message = SqsMessage::default();
        message.message_id = Some(format!("message-{body}"));
        message.body = Some((*body).to_owned());
        event.records.push(message);
    }
    event
}

async fn batch<E: Display>(bodies: &[&str], handle: impl AsyncFn(String) -> Result<(), E>) {
    let _ending = Ending;
    each_message(messages(bodies), async |message| {
        handle(message.body.to_owned()).await
    })
    .await;
}

#[tokio::test]
async fn a_batch_names_its_reviews_what_failed_and_what_was_counted() {
    let line = line_of(async || {
        batch(&["A", "B", "C"], async |body| {
            tracing::info!(review = %body, count.letters_sent = 2_usize, "delivered");
            tracing::debug!(most.outbox_oldest_seconds = if body == "B" { 70 } else { 7 });
            if body == "B" {
                Err("it is too late")
            } else {
                Ok(())
            }
        })
        .await;
    })
    .await;
    let told = json!({
        "level": "INFO", "message": "invoked", "function": "", "request_id": "an-id", "cold_start": true,
        "trace_id": "1-5759e988-bd862e3fe1be46a994272793",
        "outcome": "partial", "messages": 3, "failed": 1, "why": ["it is too late"],
        "reviews": ["A", "B", "C"], "failed_reviews": ["B"],
        "LettersSent": 6, "MessagesFailed": 1, "OutboxOldestAge": 70,
        "_aws": { "Timestamp": null, "CloudWatchMetrics": [{
            "Namespace": "TargetedReview", "Dimensions": [["function"]],
            "Metrics": [
                { "Name": "MessagesFailed", "Unit": "Count" },
                { "Name": "LettersSent", "Unit": "Count" },
                { "Name": "OutboxOldestAge", "Unit": "Seconds" },
            ],
        }]},
    });
    assert_eq!(settled(line), told);
}

#[tokio::test]
async fn a_batch_that_failed_as_a_whole_says_each_reason_once() {
    let line = line_of(async || batch(&["A", "B"], async |_| Err("the store is away")).await).await;
    assert_eq!(line["outcome"], "failed");
    assert_eq!(line["why"], json!(["the store is away"]));
    assert_eq!(line["MessagesFailed"], 2);
}

#[tokio::test]
async fn a_long_batch_names_ten_reviews_and_counts_the_rest() {
    let line = line_of(async || {
        let bodies: Vec<String> = (0..14).map(|number| format!("R{}", number % 13)).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        batch(&bodies, async |body| {
            tracing::info!(review = %body, "seen");
            Ok::<_, String>(())
        })
        .await;
    })
    .await;
    assert_eq!(line["reviews"].as_array().map(Vec::len), Some(10));
    assert_eq!(line["more_reviews"], 3);
    assert_eq!(line["outcome"], "ok");
    assert_eq!(line.get("_aws"), None, "nothing was counted");
}

#[tokio::test]
async fn a_request_is_told_by_its_route_its_status_and_its_problem() {
    let router = || {
        let missing = get(async || Problem::not_found("There is no such thing."));
        let broken = get(async || Problem::internal("a wheel came off"));
        let router = Router::new().route("/fine/{id}", get(async || "Fine."));
        http::doors(router.route("/missing", missing).route("/broken", broken))
    };
    let mut told = Vec::new();
    for path in ["/fine/person", "/missing", "/broken", "/nowhere/person"] {
        let ask = async || {
            let request = Request::get(path)
                .body(axum::body::Body::empty())
                .expect("a request");
            drop(router().oneshot(request).await);
        };
        let line = line_of(ask).await;
        assert!(!line.to_string().contains("person"), "{line}");
        let fields = [
            "method",
            "route",
            "outcome",
            "status",
            "problem",
            "ClientErrors",
            "ServerErrors",
        ];
        told.push(fields.map(|field| line[field].clone()));
    }
    let expected = json!([
        ["GET", "/fine/{id}", "ok", 200, null, null, null],
        ["GET", "/missing", "refused", 404, "not-found", 1, null],
        ["GET", "/broken", "failed", 500, "internal", null, 1],
        ["GET", "none", "refused", 404, "not-found", 1, null],
    ]);
    assert_eq!(json!(told), expected);
}

#[tokio::test]
async fn a_panic_is_told_with_what_was_known_before() {
    let line = line_of(async || {
        batch(&["A", "B"], async |body| {
            tracing::info!(review = %body, "seen");
            assert_ne!(body, "B", "as the test wants it");
            Ok::<_, String>(())
        })
        .await;
    })
    .await;
    assert_eq!(line["outcome"], "panicked");
    assert_eq!(line["reviews"], json!(["A", "B"]));
}

#[tokio::test]
async fn an_event_that_reached_no_handler_is_told_as_unread() {
    let line = line_of(async || ()).await;
    assert_eq!(line["outcome"], "unread");
}

#[tokio::test]
async fn a_sweep_tells_all_its_numbers_and_rounds_are_added() {
    let line = line_of(async || {
        let run = Run {
            sweep: Sweep::Nightly,
            as_of: Timestamp::UNIX_EPOCH,
        };
        let counts = Counts {
            considered: 5,
            closed: 3,
            failed: 1,
            ..Counts::default()
        };
        sweep::tell(&run, &counts);
        sweep::tell(&run, &counts);
    })
    .await;
    let numbers = [
        "Considered",
        "Closed",
        "Expired",
        "Returned",
        "Reminded",
        "Told",
        "Raced",
        "Held",
        "Failed",
    ];
    let told = numbers.map(|number| line[format!("Sweep{number}")].clone());
    assert_eq!(json!(told), json!([10, 6, 0, 0, 0, 0, 0, 0, 2]));
}
