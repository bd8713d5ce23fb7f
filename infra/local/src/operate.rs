//! The operators' program (`infra/operate`), run against the stack that runs on this machine.
//!
//! It is a process of its own, as functions are: built by its own `cargo build`, told where the table is by the
//! variables that it would have on AWS, and given none of the machine's, so that it cannot reach anything else.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use tokio::process::Command;

use crate::{
    cli::VerifyArgs,
    compile::{self, CompileError},
    machine,
    running::{NotRunning, Running},
    services::REGION,
    stack::StackError,
    terminal::Terminal,
};

/// The package, its binary, and the folder beside the template that it is in.
const PROGRAM: &str = "operate";

/// The template's output that names the table.
const TABLE: &str = "TableName";

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
    #[error(
        "the template of the stack that runs has no output {TABLE}; add it, and start the stack again"
    )]
    NoTable,
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
    let ran = operate(
        &arguments,
        args.data.as_deref(),
        args.program.as_deref(),
        terminal,
    )
    .await;
    ran.unwrap_or_else(|error| {
        terminal.clear();
        terminal.line(format!("error: {error}"));
        ExitCode::from(NOT_DONE)
    })
}

async fn operate(
    arguments: &[String],
    data: Option<&Path>,
    program: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, OperateError> {
    let (template, data) = machine::paths(None, data)?;
    // Before anything is built: a person who forgot to start the stack should not wait to hear of it.
    let running = Running::on(&data)?;
    let table = running.outputs.get(TABLE).ok_or(OperateError::NoTable)?;
    let program = match program {
        Some(program) => program.to_owned(),
        None => {
            let folder = template.with_file_name(PROGRAM);
            compile::program(&folder, PROGRAM, terminal).await?
        }
    };
    terminal.clear();
    let status = Command::new(&program)
        .args(arguments)
        .env_clear()
        .envs([
            ("TABLE_NAME", table.as_str()),
            ("AWS_REGION", REGION),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
            ("AWS_ENDPOINT_URL_DYNAMODB", &running.dynamodb),
        ])
        .status()
        .await
        .map_err(|source| OperateError::Start { program, source })?;
    // A signal leaves no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(NOT_DONE)))
}
