//! `objects`: what the store, the malware check and the sweep tell of objects, to their reviews.

use attachments::Watcher;
use edge::{OsEntropy, batch, settings::Environment, telemetry};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let watcher = Watcher {
        store: aws::Table::new(&connection, environment.text("TABLE_NAME")?),
        objects: aws::Bucket::new(&connection, environment.text("BUCKET_NAME")?),
        inspect: inspection::inspect,
        entropy: OsEntropy,
        hash_key: environment.person_hash_key()?,
    };
    let watcher = &watcher;
    batch::run(async |event| watcher.handle(event).await).await
}
