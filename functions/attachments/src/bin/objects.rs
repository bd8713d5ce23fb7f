//! `objects`: what the store, the malware check and the sweep tell of objects, to their reviews.

use attachments::Watcher;
use edge::{OsEntropy, settings::Environment, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

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
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(watcher.handle(event.payload).await)
    }))
    .await
}
