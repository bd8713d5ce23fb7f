//! `deadlines`: schedule ticks to jobs.

use aws::sweeps::{SqsCommandQueue, SqsSweepQueue};
use deadlines::Desk;
use edge::{SystemClock, port, settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

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
        commands: port(SqsCommandQueue::new(
            &connection,
            environment.text("COMMANDS_QUEUE_URL")?,
        )),
        ticks: port(SqsSweepQueue::new(
            &connection,
            environment.text("TICKS_QUEUE_URL")?,
        )),
        looks: port(aws::SqsLookQueue::new(
            &connection,
            environment.text("OBJECTS_QUEUE_URL")?,
        )),
        clock: SystemClock,
        hash_key: environment.person_hash_key()?,
    };
    let desk = &desk;
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(desk.handle(event.payload).await)
    }))
    .await
}
