//! The operators' program (`infra/operate`), run against the stack that runs on this machine.
//!
//! It is a process of its own, as functions are: built by its own `cargo build`, told where the table is by the
//! variables that it would have on AWS, and given none of the machine's, so that it cannot reach anything else.

use std::{path::PathBuf, process::ExitCode};

use tokio::process::Command;

use crate::{
    cli::{OperatePlace, ReconcileArgs, RedriveArgs, UndeliverableArgs, VerifyArgs},
    compile::{self, CompileError},
    machine,
    running::{NotRunning, Running},
    services::REGION,
    stack::{PERSON_HASH_KEY, StackError},
    terminal::Terminal,
};

/// The package, its binary, and the folder beside the template that it is in.
const PROGRAM: &str = "operate";

/// Commands to which it does not matter what time it is.
const TIMELESS: [&str; 2] = [VERIFY, UNDELIVERABLE];
const VERIFY: &str = "verify-history";
const UNDELIVERABLE: &str = "undeliverable";

/// Exit code when nothing was found out, as the program itself has it.
const NOT_DONE: u8 = 2;

/// Why the program could not be run.
#[derive(Debug, thiserror::Error)]
enum OperateError {
    #[error(transparent)]
    Project(#[from] StackError),
    #[error(transparent)]
    NotRunning(#[from] NotRunning),
    #[error(transparent)]
    Compile(#[from] CompileError),
    #[error("the stack's clock could not be read at {url}: {reason}")]
    Clock { url: String, reason: String },
    #[error("{path} cannot be read: {source}")]
    Secret {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{program} could not be run: {source}")]
    Start {
        program: PathBuf,
        source: std::io::Error,
    },
}

/// `verify-history`, with the program's own exit code.
pub(crate) async fn verify_history(args: &VerifyArgs, terminal: &Terminal) -> ExitCode {
    let mut arguments = vec![VERIFY.to_owned()];
    arguments.extend(args.all.then(|| "--all".to_owned()));
    arguments.extend(args.reviews.iter().cloned());
    told(&arguments, &args.place, terminal).await
}

/// `redrive`, with the program's own exit code.
pub(crate) async fn redrive(args: &RedriveArgs, terminal: &Terminal) -> ExitCode {
    let arguments = ["redrive".to_owned(), args.queue.clone()];
    told(&arguments, &args.place, terminal).await
}

/// `reconcile`, with the program's own exit code.
pub(crate) async fn reconcile(args: &ReconcileArgs, terminal: &Terminal) -> ExitCode {
    let mut arguments = vec!["reconcile".to_owned()];
    arguments.extend(args.repair.then(|| "--repair".to_owned()));
    told(&arguments, &args.place, terminal).await
}

/// `undeliverable`, with the program's own exit code.
pub(crate) async fn undeliverable(args: &UndeliverableArgs, terminal: &Terminal) -> ExitCode {
    let mut arguments = vec![UNDELIVERABLE.to_owned()];
    arguments.extend(args.with_phone.then(|| "--with-phone".to_owned()));
    told(&arguments, &args.place, terminal).await
}

async fn told(arguments: &[String], place: &OperatePlace, terminal: &Terminal) -> ExitCode {
    let ran = operate(arguments, place, terminal).await;
    ran.unwrap_or_else(|error| {
        terminal.clear();
        terminal.line(format!("error: {error}"));
        ExitCode::from(NOT_DONE)
    })
}

async fn operate(
    arguments: &[String],
    place: &OperatePlace,
    terminal: &Terminal,
) -> Result<ExitCode, OperateError> {
    let (template, data) = machine::paths(None, place.data.as_deref())?;
    // Before anything is built: a person who forgot to start the stack should not wait to hear of it.
    let running = Running::on(&data)?;
    let program = match &place.program {
        Some(program) => program.clone(),
        None => {
            let folder = template.with_file_name(PROGRAM);
            compile::program(&folder, PROGRAM, terminal).await?
        }
    };
    terminal.clear();
    let mut command = Command::new(&program);
    command.args(arguments);
    if !arguments
        .iter()
        .any(|word| TIMELESS.contains(&word.as_str()))
    {
        // What happened here happened by the set clock.
        command.args(["--as-of", &set_clock(&running.url).await?]);
    }
    let status = command
        .env_clear()
        .envs(hash_key(&running)?)
        .envs(
            running
                .outputs
                .iter()
                .map(|(name, value)| (variable(name), value)),
        )
        .envs([
            ("AWS_REGION", REGION),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
            ("AWS_ENDPOINT_URL_DYNAMODB", &running.dynamodb),
            ("AWS_ENDPOINT_URL_SQS", &running.sqs),
        ])
        .status()
        .await
        .map_err(|source| OperateError::Start { program, source })?;
    // A signal leaves no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(NOT_DONE)))
}

/// What time it is on the stack at `url`, in RFC 3339.
async fn set_clock(url: &str) -> Result<String, OperateError> {
    let url = format!("{url}/_local/clock");
    let asked = url.clone();
    let read = move || ureq::get(&asked).call()?.body_mut().read_to_string();
    let text = match tokio::task::spawn_blocking(read).await {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(error)) => Err(error.to_string()),
        Err(ended) => Err(ended.to_string()),
    };
    let now = text.and_then(|text| {
        let clock: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let now = clock["now"].as_str();
        now.map(str::to_owned)
            .ok_or_else(|| "it does not say what time it is".to_owned())
    });
    now.map_err(|reason| OperateError::Clock { url, reason })
}

/// The secret for people's keys that the functions have, unless the stack was started with another.
fn hash_key(running: &Running) -> Result<Option<(&'static str, String)>, OperateError> {
    let path = running.data.join("secrets").join(PERSON_HASH_KEY);
    match std::fs::read_to_string(&path) {
        Ok(key) => Ok(Some(("PERSON_HASH_KEY", key))),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(OperateError::Secret { path, source }),
    }
}

/// The variable in which the program looks for an output of the template: `TABLE_NAME` for `TableName`.
fn variable(output: &str) -> String {
    let mut name = String::new();
    for letter in output.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_known_by_the_names_of_variables() {
        assert_eq!(variable("TableName"), "TABLE_NAME");
        assert_eq!(
            variable("NoticesDeadLettersUrl"),
            "NOTICES_DEAD_LETTERS_URL"
        );
    }
}
