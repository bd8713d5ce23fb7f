//! ministack, an emulator of AWS, as a process of its own.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::free_port;
use crate::deployed::HOME_LOG;
use crate::{http, program, signed, until};

/// Where `.ci/run ministack` puts it.
const PROGRAM: &str = ".tools/ministack-1.5.33/bin/ministack";

/// A running one. It ends with this value.
pub(super) struct Ministack {
    child: Child,
    url: String,
}

impl Ministack {
    /// Starts one that knows nothing, enforces policies and signatures, and hands letters to `mailbox`.
    ///
    /// # Panics
    /// When it is not installed, or does not start.
    pub(super) fn start(folder: &Path, mailbox: &str) -> Self {
        let program = installed(PROGRAM);
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        let log = File::create(folder.join(HOME_LOG)).expect("a log");
        let temporary = folder.join("tmp");
        std::fs::create_dir(&temporary).expect("a folder");
        let mut command = Command::new(&program);
        command
            .env_clear()
            .env("GATEWAY_PORT", port.to_string())
            // Nothing of it listens on anything but this machine.
            .env("BIND_HOST", "127.0.0.1")
            .env("IOT_MTLS_ENABLED", "0")
            .env("MINISTACK_HOST", "127.0.0.1")
            // What it does not find here its functions do not find either.
            .env("AWS_ENDPOINT_URL", &url)
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", signed::KEY)
            .env("AWS_SECRET_ACCESS_KEY", signed::SECRET)
            .env("AUTH", "true")
            .env("SMTP_HOST", mailbox)
            .env("TMPDIR", &temporary)
            .env("HOME", &temporary);
        let child = command
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let home = Self { child, url };
        until(|| {
            let health = format!("{}/_ministack/health", home.url());
            match http::send("GET", &health, &[], None::<String>) {
                Ok(reply) if reply.status == 200 => Ok(()),
                Ok(reply) => Err(format!("{health}: {}", reply.text)),
                Err(error) => Err(format!("{health}: {error}")),
            }
        });
        home
    }

    /// Where all of its services answer.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Ministack {
    fn drop(&mut self) {
        // Asked to, it ends its functions; killed, it would leave them.
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            self.child.kill().unwrap_or_default();
        }
        drop(self.child.wait());
    }
}

/// A program that `.ci/run` installs.
///
/// # Panics
/// When it did not.
pub(super) fn installed(program: &str) -> PathBuf {
    let path = program::root().join(program);
    assert!(
        path.is_file(),
        "{program} is not installed: `.ci/run ministack` installs it and runs this"
    );
    path
}
