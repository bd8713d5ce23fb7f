//! Calling cargo from within `cargo run`: same target folder, same profile, none of the variables of the outer call.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
};

use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

use super::{CompileError, no_binary, progress::Progress};
use crate::{template::FunctionPlan, terminal::Terminal};

pub(super) struct Cargo {
    /// What it builds, for people.
    what: &'static str,
    program: PathBuf,
    manifest: PathBuf,
    profile: String,
    target: Option<PathBuf>,
}

/// The packages of the workspace that the functions are in.
#[derive(Deserialize)]
pub(super) struct Workspace {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// What `cargo build` tells of one thing that it made.
#[derive(Deserialize)]
struct Made {
    reason: String,
    package_id: Option<String>,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    executable: Option<PathBuf>,
}

/// Paths of binaries by folder of the crate and name.
pub(super) type Binaries = BTreeMap<(PathBuf, String), PathBuf>;

impl Cargo {
    /// Cargo as it built this program, `target/<profile>/local`, to build `what` (in words).
    pub(super) fn of_this_build(manifest: &Path, what: &'static str) -> Self {
        let own = std::env::current_exe().ok();
        let folder = own.as_deref().and_then(Path::parent);
        let target = folder
            .and_then(Path::parent)
            .filter(|target| target.join("CACHEDIR.TAG").is_file());
        let profile = match target
            .and(folder)
            .and_then(Path::file_name)
            .and_then(|name| name.to_str())
        {
            Some("debug") => "dev",
            Some(other) => other,
            None if cfg!(debug_assertions) => "dev",
            None => "release",
        };
        Self {
            what,
            program: program(),
            manifest: manifest.to_owned(),
            profile: profile.to_owned(),
            target: target.map(Path::to_owned),
        }
    }

    /// The workspace of the crate that `function` names.
    pub(super) async fn workspace(
        &self,
        function: &FunctionPlan,
    ) -> Result<Workspace, CompileError> {
        let mut command = self.command("metadata");
        let output = command
            .args(["--format-version", "1", "--no-deps"])
            .output()
            .await
            .map_err(not_run)?;
        if !output.status.success() {
            return Err(no_crate(function));
        }
        serde_json::from_slice(&output.stdout).map_err(CompileError::Metadata)
    }

    /// Builds all binaries of `packages`, or what `only` says in cargo's words, showing how far it is.
    pub(super) async fn build(
        &self,
        packages: &BTreeSet<&str>,
        only: &[String],
        terminal: &Terminal,
    ) -> Result<Binaries, CompileError> {
        let mut command = self.command("build");
        command.args(packages.iter().flat_map(|package| ["-p", package]));
        command.args(only);
        command.args([
            "--message-format",
            "json-render-diagnostics",
            "--profile",
            &self.profile,
        ]);
        if let Some(target) = &self.target {
            command.arg("--target-dir").arg(target);
        }
        let mut cargo = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(not_run)?;
        let progress = Progress::new(self.what, terminal);
        let mut made = Vec::new();
        if let (Some(out), Some(err)) = (cargo.stdout.take(), cargo.stderr.take()) {
            let mut out = BufReader::new(out).lines();
            let messages = async {
                while let Ok(Some(line)) = out.next_line().await {
                    if let Ok(message) = serde_json::from_str::<Made>(&line) {
                        if let Some(package) = &message.package_id {
                            progress.done(package);
                        }
                        made.push(message);
                    }
                }
            };
            let mut err = BufReader::new(err).lines();
            let told = async {
                while let Ok(Some(line)) = err.next_line().await {
                    progress.told(&line);
                }
            };
            progress
                .show_during(self.count(packages), async { tokio::join!(messages, told) })
                .await;
        }
        let status = cargo.wait().await.map_err(CompileError::Cargo)?;
        finish(self.what, status, &progress, made)
    }

    /// How many crates the build is made of; None when cargo cannot tell.
    fn count(
        &self,
        packages: &BTreeSet<&str>,
    ) -> impl Future<Output = Option<usize>> + Send + 'static {
        let mut command = self.command("tree");
        command.args(packages.iter().flat_map(|package| ["-p", package]));
        command.args([
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        async move {
            let output = command
                .output()
                .await
                .ok()
                .filter(|output| output.status.success())?;
            let text = String::from_utf8_lossy(&output.stdout);
            let crates: BTreeSet<_> = text
                .lines()
                .map(|line| line.trim_end_matches(" (*)"))
                .collect();
            Some(crates.iter().filter(|line| !line.is_empty()).count())
        }
    }

    fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(subcommand)
            .arg("--manifest-path")
            .arg(&self.manifest)
            .kill_on_drop(true)
            .stdin(Stdio::null());
        // Set by the outer `cargo run` for this package; a build script that looks at them would run again.
        for name in variables()
            .filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
        command.env("CARGO_TERM_PROGRESS_WHEN", "never");
        command
    }
}

impl Workspace {
    /// The folder of the crate that a function is built from, once its binary is known to be in there.
    pub(super) fn package_of(&self, function: &FunctionPlan) -> Result<&str, CompileError> {
        let manifest = function
            .crate_dir
            .join("Cargo.toml")
            .canonicalize()
            .map_err(|_| no_crate(function))?;
        let is_it = |package: &&Package| {
            package
                .manifest_path
                .canonicalize()
                .is_ok_and(|path| path == manifest)
        };
        let package = self
            .packages
            .iter()
            .find(is_it)
            .ok_or_else(|| no_crate(function))?;
        let is_binary = |target: &Target| {
            target.name == function.binary && target.kind.iter().any(|kind| kind == "bin")
        };
        if package.targets.iter().any(is_binary) {
            Ok(&package.name)
        } else {
            Err(no_binary(function))
        }
    }
}

fn finish(
    what: &'static str,
    status: ExitStatus,
    progress: &Progress<'_>,
    made: Vec<Made>,
) -> Result<Binaries, CompileError> {
    if !status.success() {
        return Err(CompileError::Failed {
            what,
            hint: progress.hint(),
        });
    }
    let binaries = made
        .into_iter()
        .filter(|made| made.reason == "compiler-artifact")
        .filter_map(|made| {
            let folder = made.manifest_path?.parent()?.canonicalize().ok()?;
            let target = made
                .target
                .filter(|target| target.kind.iter().any(|kind| kind == "bin"))?;
            Some(((folder, target.name), made.executable?))
        });
    Ok(binaries.collect())
}

#[expect(
    clippy::disallowed_methods,
    reason = "cargo names itself in the environment of what it runs"
)]
fn program() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the names of variables, to take some from the inner cargo"
)]
fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

fn no_crate(function: &FunctionPlan) -> CompileError {
    CompileError::NoCrate {
        function: function.name.clone(),
        folder: function.crate_dir.clone(),
    }
}

fn not_run(error: std::io::Error) -> CompileError {
    if error.kind() == std::io::ErrorKind::NotFound {
        CompileError::NoCargo
    } else {
        CompileError::Cargo(error)
    }
}
