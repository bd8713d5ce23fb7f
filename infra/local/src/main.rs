//! `cargo run`: the whole service on this machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    local::main()
}
