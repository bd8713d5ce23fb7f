//! What SES reports, to the notices that it is about.

use aws::mail_events::{ReportError, read_report};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use edge::batch::each_message;
use edge::invocation::concerns;
use workflow::feedback;
use workflow::ports::{Claims, Outbox, PortError, Suppressions};

/// Why a message goes back.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Message(#[from] ReportError),
    #[error(transparent)]
    Port(#[from] PortError),
}

/// Records every report of a batch; the reply names the messages that go back.
pub async fn hear(
    store: &(impl Claims + Outbox + Suppressions),
    event: SqsEvent,
) -> SqsBatchResponse {
    each_message(event, async |message| {
        if let Some(report) = read_report(message.body)? {
            concerns(&report.notice.review);
            feedback(store, &report).await?;
        }
        Ok::<_, Error>(())
    })
    .await
}
