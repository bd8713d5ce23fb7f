//! `transitions`: the HTTP doors of reviewers and administrators.

use std::sync::Arc;

use aws::sweeps::SqsCommandQueue;
use edge::{OsEntropy, http, settings::Environment, telemetry};
use notices::Links;
use transitions::{Desk, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    telemetry::start();
    let environment = Environment::of_process();
    let connection = aws::Connection::from_variables(|name| environment.optional(name))?;
    let desk = Desk {
        store: Arc::new(aws::Table::new(
            &connection,
            environment.text("TABLE_NAME")?,
        )),
        commands: Arc::new(SqsCommandQueue::new(
            &connection,
            environment.text("COMMANDS_QUEUE_URL")?,
        )),
        entropy: Arc::new(OsEntropy),
        hash_key: environment.person_hash_key()?,
        links: Links {
            sign_in: environment.text("PUBLIC_BASE_URL")?,
        },
    };
    http::run(router(desk)).await
}
