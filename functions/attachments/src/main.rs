//! `attachments`: the HTTP doors of evidence.

use std::sync::Arc;

use attachments::{Desk, router};
use edge::{OsEntropy, http, settings::Environment, telemetry};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let table = aws::Table::new(&connection, environment.text("TABLE_NAME")?);
    let bucket = aws::Bucket::new(&connection, environment.text("BUCKET_NAME")?);
    let desk = Desk {
        store: Arc::new(table),
        signer: Arc::new(bucket),
        entropy: Arc::new(OsEntropy),
        hash_key: environment.person_hash_key()?,
    };
    http::run(router(desk)).await
}
