//! `notify`: the notices queue to SES.

use edge::{SystemClock, batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;
use notices::Links;
use notify::Desk;
use workflow::ports::ClaimTerms;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let text = |name| environment.text(name);
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let (from, set) = (text("MAIL_FROM")?, text("CONFIGURATION_SET")?);
    let terms = ClaimTerms {
        lease: environment.seconds("NOTICE_LEASE_SECONDS")?,
        doubt: environment.seconds("NOTICE_DOUBT_SECONDS")?,
    };
    let queue = aws::SqsNoticeQueue::new(&connection, text("NOTICES_QUEUE_URL")?);
    let sign_in = text("PUBLIC_BASE_URL")?;
    let desk = &Desk {
        store: port(aws::Table::new(&connection, text("TABLE_NAME")?)),
        mailer: port(aws::SesMailer::new(&connection, from, set)),
        clock: SystemClock,
        terms,
        queue: port(queue),
        links: Links { sign_in },
    };
    batch::run(async |event| desk.handle(event).await).await
}
