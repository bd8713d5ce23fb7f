//! `relay`: the table's stream to the notices queue.

use edge::{port, settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use relay::handle;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let queue = environment.text("NOTICES_QUEUE_URL")?;
    let queue = port(aws::SqsNoticeQueue::new(&connection, queue));
    let queue = &queue;
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(handle(queue, event.payload).await)
    }))
    .await
}
