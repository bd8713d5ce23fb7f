//! The step between the stack and a function: this same program, started as the process that will be the function.
//!
//! It asks the kernel to end the process when the stack ends, however that ends, and becomes the function's binary.
//! Setting this between fork and exec would need unsafe code; a program that sets it for itself does not.

use std::{
    convert::Infallible,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

/// Arguments of the hidden subcommand.
#[derive(Debug, clap::Args)]
pub(crate) struct Launch {
    /// The process id of the stack.
    #[arg(long)]
    parent: u32,
    /// The binary to become.
    binary: PathBuf,
}

impl Launch {
    pub(crate) fn binary(&self) -> &Path {
        &self.binary
    }
}

/// Becomes the function's binary; returns only the reason why that failed.
pub(crate) fn launch(launch: &Launch) -> std::io::Error {
    match become_function(launch) {
        Ok(never) => match never {},
        Err(error) => error,
    }
}

fn become_function(launch: &Launch) -> std::io::Result<Infallible> {
    end_with_parent()?;
    // The stack may have ended before the line above; then the signal will never come.
    if std::os::unix::process::parent_id() != launch.parent {
        return Err(std::io::Error::other(
            "the stack ended before its function started",
        ));
    }
    Err(Command::new(&launch.binary).exec())
}

#[cfg(target_os = "linux")]
fn end_with_parent() -> std::io::Result<()> {
    let signal = Some(rustix::process::Signal::KILL);
    Ok(rustix::process::set_parent_process_death_signal(signal)?)
}

/// Elsewhere a function ends by itself: its connection to the Runtime API breaks.
#[cfg(not(target_os = "linux"))]
fn end_with_parent() -> std::io::Result<()> {
    Ok(())
}
