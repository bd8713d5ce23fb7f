//! `feedback`: what SES reports, to the notices.

use edge::{batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;

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
    batch::run(async |event| notify::hear(store, event).await).await
}
