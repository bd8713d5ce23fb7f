//! `deadlines`: schedule ticks to jobs.

use aws::sweeps::{SqsCommandQueue, SqsSweepQueue};
use deadlines::Desk;
use edge::{settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let desk = Desk {
        store: aws::Table::new(&connection, environment.text("TABLE_NAME")?),
        notices: aws::SqsNoticeQueue::new(&connection, environment.text("NOTICES_QUEUE_URL")?),
        commands: SqsCommandQueue::new(&connection, environment.text("COMMANDS_QUEUE_URL")?),
        ticks: SqsSweepQueue::new(&connection, environment.text("TICKS_QUEUE_URL")?),
        looks: aws::SqsLookQueue::new(&connection, environment.text("OBJECTS_QUEUE_URL")?),
    };
    let desk = &desk;
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(desk.handle(event.payload).await)
    }))
    .await
}
