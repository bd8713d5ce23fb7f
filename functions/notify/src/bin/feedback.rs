//! `feedback`: what SES reports, to the notices.

use edge::{port, settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let store = port(aws::Table::new(
        &connection,
        environment.text("TABLE_NAME")?,
    ));
    let store = &store;
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(notify::hear(store, event.payload).await)
    }))
    .await
}
