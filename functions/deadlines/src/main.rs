//! `deadlines`: schedule ticks to jobs.

use deadlines::Desk;
use edge::{SystemClock, batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let desk = Desk {
        store: port(aws::Table::new(
            &connection,
            environment.text("TABLE_NAME")?,
        )),
        notices: port(aws::SqsNoticeQueue::new(
            &connection,
            environment.text("NOTICES_QUEUE_URL")?,
        )),
        looks: port(aws::SqsLookQueue::new(
            &connection,
            environment.text("OBJECTS_QUEUE_URL")?,
        )),
        clock: SystemClock,
        hash_key: environment.person_hash_key()?,
    };
    let desk = &desk;
    batch::run(async |event| desk.handle(event).await).await
}
