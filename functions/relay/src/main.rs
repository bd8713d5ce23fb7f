//! `relay`: the table's stream to the notices queue.

use edge::{batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;
use relay::Desk;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let queue = environment.text("NOTICES_QUEUE_URL")?;
    let desk = Desk {
        notices: port(aws::SqsNoticeQueue::new(&connection, queue)),
        store: port(aws::Table::new(
            &connection,
            environment.text("TABLE_NAME")?,
        )),
        hash_key: environment.person_hash_key()?,
    };
    let desk = &desk;
    batch::run(async |event| desk.handle(event).await).await
}
