//! `operate`: what operators and auditors do.

use std::process::ExitCode;

fn main() -> ExitCode {
    operate::main()
}
