//! One line an invocation: what was asked, what came of it, how long it took, and the metrics of it.
//!
//! The line is a document in CloudWatch's embedded metric format, so log and metrics are one write, and what is counted is
//! never somewhere else than what is told. Its fields and metrics are a promise to operators: `docs/telemetry.md` lists them,
//! and a test holds that list to this code. It is written whatever the log level, because alarms stand on it.
//!
//! It is written before the reply goes out, for a function is frozen with its reply: a [`Ending`] around the handler does
//! that, on a panic too. An event that no handler was given, because it could not be read, is told when its record is dropped.
//! Only a process that ends within an invocation leaves no line; Lambda tells of that itself.
//!
//! Use cases know nothing of this. They say what happened by events of `tracing`, and [`collector`] takes the review and the
//! counts out of them. The record of the present invocation is local to its task, so nothing has to be handed around.
//!
//! We write the format ourselves: what there is for it (`metrics_cloudwatch_embedded`, `metrique`) writes documents of its own
//! beside the line, or brings eighty crates, for the forty lines of [`mod@line`].

pub(crate) mod collector;
mod line;
mod metrics;
mod record;

use std::cell::RefCell;
use std::io::Write as _;
use std::task::{Context, Poll};

use domain::ReviewId;
use lambda_runtime::tower::{Layer, Service};
use lambda_runtime::{Error, LambdaInvocation};
use tokio::task::futures::TaskLocalFuture;

pub(crate) use record::Answered;
use record::Record;

tokio::task_local! {
    static PRESENT: RefCell<Record>;
}

/// Changes the record of the present invocation; outside of one, as in most tests, there is none.
fn note(change: impl FnOnce(&mut Record)) {
    // An event of tracing that is told while the record is being changed would be one about the record itself.
    let noted = PRESENT.try_with(|record| {
        record
            .try_borrow_mut()
            .map(|mut record| change(&mut record))
    });
    debug_assert!(
        !matches!(noted, Ok(Err(_))),
        "the record is noted from within itself"
    );
}

/// The present invocation is about this review, too.
pub fn concerns(review: &ReviewId) {
    note(|record| record.concerns(review.to_string()));
}

/// A request came to this route.
pub(crate) fn asked(method: String, route: String, api_request_id: Option<String>) {
    note(|record| record.asked(method, route, api_request_id));
}

/// The request was answered.
pub(crate) fn answered(answered: Answered) {
    note(|record| record.answered(answered));
}

/// A batch of so many came.
pub(crate) fn batch(messages: usize) {
    note(|record| record.batch(messages));
}

/// The next message of the batch is taken up.
pub(crate) fn next_message() {
    note(Record::next_message);
}

/// The present message goes back.
pub(crate) fn message_failed(why: String) {
    note(|record| record.message_failed(why));
}

/// Writes the line of the present invocation when it goes out of scope, by return or by panic.
pub(crate) struct Ending;

impl Drop for Ending {
    fn drop(&mut self) {
        note(|record| record.end(std::thread::panicking()));
    }
}

/// Gives each invocation its record.
pub(crate) struct Invocations {
    write: fn(&str),
}

impl Default for Invocations {
    fn default() -> Self {
        Self { write: print }
    }
}

/// One write a line, so that nothing comes in between.
fn print(line: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(line.as_bytes()).and_then(|()| out.flush()) {
        tracing::error!(%error, "the line of an invocation could not be written");
    }
}

impl<S> Layer<S> for Invocations {
    type Service = Recorded<S>;

    fn layer(&self, inner: S) -> Recorded<S> {
        let write = self.write;
        let is_warm = false;
        Recorded {
            inner,
            write,
            is_warm,
        }
    }
}

/// A function whose invocations have records.
pub(crate) struct Recorded<S> {
    inner: S,
    write: fn(&str),
    is_warm: bool,
}

impl<S> Service<LambdaInvocation> for Recorded<S>
where
    S: Service<LambdaInvocation, Response = (), Error = Error>,
{
    type Response = ();
    type Error = Error;
    type Future = TaskLocalFuture<RefCell<Record>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, invocation: LambdaInvocation) -> Self::Future {
        let is_cold = !std::mem::replace(&mut self.is_warm, true);
        let record = Record::begin(&invocation.context, is_cold, self.write);
        PRESENT.scope(RefCell::new(record), self.inner.call(invocation))
    }
}

#[cfg(test)]
mod tests;
