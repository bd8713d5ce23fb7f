//! The program of `infra/operate`, as a program of this crate, for the reasons of the stack's.

use std::process::ExitCode;

fn main() -> ExitCode {
    operate::main()
}
