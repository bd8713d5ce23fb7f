//! `intake`: the filer's HTTP doors.

use std::sync::Arc;

use edge::{OsEntropy, http, port, settings::Environment, telemetry};
use intake::{Desk, router};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), lambda_http::Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let desk = Desk {
        store: Arc::new(port(aws::Table::new(
            &connection,
            environment.text("TABLE_NAME")?,
        ))),
        directory: participation::named(&environment.text("PARTICIPATION_URL")?)?,
        entropy: Arc::new(OsEntropy),
        hash_key: environment.person_hash_key()?,
    };
    http::run(router(desk)).await
}
