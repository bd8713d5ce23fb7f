//! The operators' program (`infra/operate`), run against the stack that runs on this machine.
//!
//! It is a process of its own, as functions are: built by its own `cargo build`, told where the table is by the
//! variables that it would have on AWS, and given none of the machine's, so that it cannot reach anything else.

use std::{path::PathBuf, process::ExitCode};

use tokio::process::Command;

use crate::{
    cli::{OperatePlace, RedriveArgs, VerifyArgs},
    compile::{self, CompileError},
    machine,
    running::{NotRunning, Running},
    services::REGION,
    stack::StackError,
    terminal::Terminal,
};

/// The package, its binary, and the folder beside the template that it is in.
const PROGRAM: &str = "operate";

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
    #[error("{program} could not be run: {source}")]
    Start {
        program: PathBuf,
        source: std::io::Error,
    },
}

/// `verify-history`, with the program's own exit code.
pub(crate) async fn verify_history(args: &VerifyArgs, terminal: &Terminal) -> ExitCode {
    let mut arguments = vec!["verify-history".to_owned()];
    arguments.extend(args.all.then(|| "--all".to_owned()));
    arguments.extend(args.reviews.iter().cloned());
    told(&arguments, &args.place, terminal).await
}

/// `redrive`, with the program's own exit code.
pub(crate) async fn redrive(args: &RedriveArgs, terminal: &Terminal) -> ExitCode {
    let arguments = ["redrive".to_owned(), args.queue.clone()];
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
    let status = Command::new(&program)
        .args(arguments)
        .env_clear()
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
