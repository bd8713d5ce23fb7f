//! Looks at what `sam build` made: `zips <folder> <architecture>`, as `.ci/run zips` calls it.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let built = arguments.next().expect("the folder of sam build");
    let architecture = arguments.next().expect("arm64 or x86_64");
    let (told, code) = match scenarios::check_zips(Path::new(&built), &architecture) {
        Ok(told) => (told, ExitCode::SUCCESS),
        Err(wrong) => (wrong, ExitCode::FAILURE),
    };
    writeln!(std::io::stdout(), "{told}").expect("somebody reads");
    code
}
