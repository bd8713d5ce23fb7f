//! `notify`: the notices queue to SES.

use edge::{SystemClock, settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use notices::Links;
use notify::Desk;
use workflow::ports::ClaimTerms;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let from = environment.text("MAIL_FROM")?;
    let desk = Desk {
        store: aws::Table::new(&connection, environment.text("TABLE_NAME")?),
        mailer: aws::SesMailer::new(&connection, from, environment.text("CONFIGURATION_SET")?),
        clock: SystemClock,
        terms: ClaimTerms {
            lease: environment.seconds("NOTICE_LEASE_SECONDS")?,
            doubt: environment.seconds("NOTICE_DOUBT_SECONDS")?,
        },
        queue: aws::SqsNoticeQueue::new(&connection, environment.text("NOTICES_QUEUE_URL")?),
        links: Links {
            sign_in: environment.text("PUBLIC_BASE_URL")?,
        },
    };
    let desk = &desk;
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(desk.handle(event.payload).await)
    }))
    .await
}
