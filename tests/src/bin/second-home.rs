//! The scenarios in a second home: ministack. `.ci/run ministack` installs what it needs and runs it. The arguments are the
//! folder that `sam build` built into, and the suites to run if not all.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let built = arguments.next().expect("the folder of sam build");
    let suites: Vec<_> = arguments.collect();
    if scenarios::second_home(&PathBuf::from(built), &suites) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
