//! `commands`: what sweeps hand out, carried out.

use std::sync::Arc;

use edge::{OsEntropy, batch, port, settings::Environment, telemetry};
use lambda_runtime::Error;
use transitions::Clerk;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let store = aws::Table::new(&connection, environment.text("TABLE_NAME")?);
    let clerk = Clerk {
        store: port(store),
        entropy: Arc::new(OsEntropy),
        hash_key: environment.person_hash_key()?,
    };
    let clerk = &clerk;
    batch::run(async |event| clerk.handle(event).await).await
}
