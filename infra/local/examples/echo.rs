//! A function for the tests of the stack: it does what its event says, and tells a listener what it was given.
//!
//! A word in the event decides: `fail` (an error), `crash` (the process ends), `hang` (until it is killed),
//! `environment` (replies with its environment); anything else is done. The word stands in the query of a request
//! (`?do=…`), at `do` of a direct invocation, in a message's body, or in an item's attribute `do`. Records with the
//! word `poison` are reported as failed items of their batch. The word that the variable CRASH_AT holds is a crash, too.

use std::{collections::BTreeMap, io, io::Write, net::TcpStream};

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let listener = environment()
        .get("RECORD_TO")
        .map(TcpStream::connect)
        .transpose()?;
    let listener = std::sync::Mutex::new(listener);
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| {
        let told = tell(&listener, &event);
        async move {
            told?;
            answer(&event.payload).await
        }
    }))
    .await
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is in it is what the tests ask about"
)]
fn environment() -> BTreeMap<String, String> {
    std::env::vars().collect()
}

fn tell(
    listener: &std::sync::Mutex<Option<TcpStream>>,
    event: &LambdaEvent<Value>,
) -> io::Result<()> {
    let mut listener = listener
        .lock()
        .map_err(|_| io::Error::other("an earlier call panicked"))?;
    let line = json!({
        "process": std::process::id(),
        "function": event.context.env_config.function_name,
        "event": event.payload,
    });
    listener
        .as_mut()
        .map_or(Ok(()), |listener| writeln!(listener, "{line}"))
}

async fn answer(event: &Value) -> Result<Value, Error> {
    if let Some(records) = event["Records"].as_array() {
        let mut failed = Vec::new();
        for record in records {
            let message = record["body"]
                .as_str()
                .map(|word| (word, &record["messageId"]));
            let item = record["dynamodb"]["NewImage"]["do"]["S"].as_str();
            let item = item.map(|word| (word, &record["dynamodb"]["SequenceNumber"]));
            match message.or(item) {
                Some(("poison", id)) => failed.push(json!({ "itemIdentifier": id })),
                Some((word, _)) => obey(word).await?,
                None => {}
            }
        }
        return Ok(json!({ "batchItemFailures": failed }));
    }
    let word = event["queryStringParameters"]["do"]
        .as_str()
        .or(event["do"].as_str())
        .unwrap_or_default();
    obey(word).await?;
    let reply = match word {
        "environment" => json!(environment()),
        _ => event.clone(),
    };
    Ok(if event["requestContext"]["http"].is_object() {
        json!({
            "statusCode": 200,
            "headers": { "content-type": "application/json" },
            "cookies": ["a=1", "b=2"],
            "body": reply.to_string(),
        })
    } else {
        reply
    })
}

async fn obey(word: &str) -> Result<(), Error> {
    if environment().get("CRASH_AT").is_some_and(|at| at == word) {
        crash();
    }
    match word {
        "fail" => Err("told to fail".into()),
        "crash" => crash(),
        "hang" => std::future::pending().await,
        _ => Ok(()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a crash is what it is told to do"
)]
fn crash() -> ! {
    std::process::exit(3)
}
