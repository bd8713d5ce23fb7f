//! `deadlines`: schedule ticks to jobs.

use aws::sweeps::{SqsCommandQueue, SqsSweepQueue};
use deadlines::Desk;
use edge::{SystemClock, batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let store = aws::Table::new(&connection, environment.text("TABLE_NAME")?);
    let notices = aws::SqsNoticeQueue::new(&connection, environment.text("NOTICES_QUEUE_URL")?);
    let commands = SqsCommandQueue::new(&connection, environment.text("COMMANDS_QUEUE_URL")?);
    let ticks = SqsSweepQueue::new(&connection, environment.text("TICKS_QUEUE_URL")?);
    let looks = aws::SqsLookQueue::new(&connection, environment.text("OBJECTS_QUEUE_URL")?);
    let desk = Desk {
        store: port(store),
        notices: port(notices),
        commands: port(commands),
        ticks: port(ticks),
        looks: port(looks),
        clock: SystemClock,
        hash_key: environment.person_hash_key()?,
    };
    let desk = &desk;
    batch::run(async |event| desk.handle(event).await).await
}
