//! Moving the set clock forward, and waiting until the functions have worked off what fell due.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{PATIENCE, client::Request, mismatch::Mismatch, play::Player, step::Jump};

/// Between two looks at the queues.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Moves it, shows how many schedules fired, and waits as the step says.
pub(super) async fn advance(player: &Player<'_>, jump: &Jump) -> Result<(), Mismatch> {
    let request = Request {
        method: Method::POST,
        path: "/_local/clock".to_owned(),
        headers: Vec::new(),
        body: Some(json!({"to": jump.to})),
    };
    let request = request.with("Content-Type", "application/json");
    let answer = player.send(&request).await?;
    if answer.status != StatusCode::OK {
        return Err(Mismatch::Status {
            wanted: StatusCode::OK,
            found: answer.status,
            detail: Some(answer.body),
        });
    }
    let body = answer.json().unwrap_or_default();
    let now = body["new_york"].as_str().unwrap_or_default();
    player.page().clock(now, &body["fired"]);
    if jump.rests {
        let began = Instant::now();
        rests(player).await?;
        let took = began.elapsed().as_secs_f64();
        let done = format!("the functions have worked off what fell due, in {took:.1} s");
        player.page().as_told(&done);
    }
    Ok(())
}

/// Waits until no message is left in any queue. It gives up only when nothing is worked off any more.
async fn rests(player: &Player<'_>) -> Result<(), Mismatch> {
    let (mut fewest, mut since) = (u64::MAX, Instant::now());
    loop {
        let overview = player.page_of_stack("/").await?;
        let queues = overview["queues"].as_array().into_iter().flatten();
        let left: u64 = queues.map(left).sum();
        if left == 0 {
            return Ok(());
        }
        if left < fewest {
            (fewest, since) = (left, Instant::now());
        }
        if PATIENCE < since.elapsed() {
            return Err(Mismatch::Busy {
                seconds: PATIENCE.as_secs(),
                left,
                url: player.url().to_owned(),
            });
        }
        sleep(LOOK_AGAIN).await;
    }
}

/// Messages of a queue that a function reads.
fn left(queue: &Value) -> u64 {
    let number = |name: &str| queue[name].as_u64().unwrap_or_default();
    if queue["dead_letter"] == true {
        0
    } else {
        number("visible") + number("in_flight")
    }
}
