//! The stack of `infra/local`, as a program of this crate: the build that builds the scenarios builds it too, with the same
//! features, so that no scenario runs an old one and none has to call cargo for it. It is the very program of `cargo run`.

use std::process::ExitCode;

fn main() -> ExitCode {
    local::main()
}
