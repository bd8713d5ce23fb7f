//! Says whether each function may do exactly what it was seen to do, in all scenarios since `target/calls.jsonl` was last
//! deleted. `.ci/run permissions` runs it. An argument is another template than `infra/template.yaml`.

use std::{path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let template = std::env::args_os().nth(1).map(PathBuf::from);
    let mut out = std::io::stdout();
    let (told, code) = match scenarios::permissions::check(template.as_deref()) {
        Ok(report) if report.is_exact() => (report.to_string(), ExitCode::SUCCESS),
        Ok(report) => (report.to_string(), ExitCode::FAILURE),
        Err(error) => (error, ExitCode::from(2)),
    };
    match std::io::Write::write_all(&mut out, format!("{told}\n").as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::from(2),
    }
}
