//! Gets the functions' binaries: built by one `cargo build` that names no other package, or taken from a folder.
//!
//! One call, because a build that named this package too would hand its features on to the functions
//! (a binary would contain what is never deployed).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

mod cargo;
mod progress;

use crate::{template::FunctionPlan, terminal::Terminal};
use cargo::Cargo;

/// Why there are no binaries to run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompileError {
    #[error(
        "cargo was not found; install Rust from https://rustup.rs and run this through `cargo run`"
    )]
    NoCargo,
    #[error("cargo could not be run: {0}")]
    Cargo(#[source] std::io::Error),
    #[error("{folder} holds no program called {program}")]
    NoProgram { program: String, folder: PathBuf },
    #[error("{what} could not be built; the reason stands above{hint}")]
    Failed {
        what: &'static str,
        hint: &'static str,
    },
    #[error("cargo says of the workspace what cannot be read: {0}")]
    Metadata(#[source] serde_json::Error),
    #[error("{function} has the CodeUri {folder}, where no crate of this workspace is")]
    NoCrate { function: String, folder: PathBuf },
    #[error(
        "{function} has the Handler {binary}, but the crate in {folder} has no binary of that name"
    )]
    NoBinary {
        function: String,
        binary: String,
        folder: PathBuf,
    },
    #[error("no crate of a function has a binary called <binary>-{0}")]
    NoVariant(String),
    #[error(
        "{0} is not there; --functions needs one binary a function, called as its Handler in the template"
    )]
    NotInFolder(PathBuf),
}

/// The binary of each of `functions`, in their order. Of a variant, those that are named after it, where a crate has one;
/// a function without it runs as it is.
pub(crate) async fn binaries(
    functions: &[FunctionPlan],
    variant: Option<&str>,
    folder: Option<&Path>,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, CompileError> {
    match folder {
        Some(folder) => functions
            .iter()
            .map(|function| {
                let varied = variant.map(|variant| in_folder(folder, &varied(function, variant)));
                match varied {
                    Some(Ok(path)) => Ok(path),
                    Some(Err(_)) | None => in_folder(folder, function),
                }
            })
            .collect(),
        None => build(functions, variant, terminal).await,
    }
}

fn varied(function: &FunctionPlan, variant: &str) -> FunctionPlan {
    FunctionPlan {
        binary: format!("{}-{variant}", function.binary),
        ..function.clone()
    }
}

/// The program of the workspace that lies in `folder`, whose package and binary are called `name`.
pub(crate) async fn program(
    folder: &Path,
    name: &str,
    terminal: &Terminal,
) -> Result<PathBuf, CompileError> {
    let missing = || CompileError::NoProgram {
        program: name.to_owned(),
        folder: folder.to_owned(),
    };
    let folder = folder.canonicalize().map_err(|_| missing())?;
    let cargo = Cargo::of_this_build(&folder.join("Cargo.toml"), "the operators' program");
    let mut built = cargo.build(&BTreeSet::from([name]), &[], terminal).await?;
    built
        .remove(&(folder.clone(), name.to_owned()))
        .ok_or_else(missing)
}

fn in_folder(folder: &Path, function: &FunctionPlan) -> Result<PathBuf, CompileError> {
    let path = folder.join(&function.binary);
    match path.canonicalize() {
        Ok(path) if path.is_file() => Ok(path),
        Ok(_) | Err(_) => Err(CompileError::NotInFolder(path)),
    }
}

async fn build(
    functions: &[FunctionPlan],
    variant: Option<&str>,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, CompileError> {
    let Some(first) = functions.first() else {
        return Ok(Vec::new());
    };
    let cargo = Cargo::of_this_build(&first.crate_dir.join("Cargo.toml"), "the functions");
    let workspace = cargo.workspace(first).await?;
    let with_variant = |function: &FunctionPlan| {
        let varied = varied(function, variant?);
        workspace.package_of(&varied).is_ok().then_some(varied)
    };
    let (mut plain, mut varied) = (Vec::new(), Vec::new());
    for function in functions {
        match with_variant(function) {
            Some(function) => varied.push(function),
            None => plain.push(function.clone()),
        }
    }
    if let Some(variant) = variant.filter(|_| varied.is_empty()) {
        return Err(CompileError::NoVariant(variant.to_owned()));
    }
    // Two builds: one would hand the feature of the variant on to the others.
    let mut built = BTreeMap::new();
    for (some, variant) in [(&plain, None), (&varied, variant)] {
        let packages = some
            .iter()
            .map(|function| workspace.package_of(function))
            .collect::<Result<BTreeSet<_>, _>>()?;
        let mut only = Vec::new();
        if let Some(variant) = variant {
            // Nothing but these: the functions' own binaries stay as they are.
            let binaries = some.iter().map(|function| &function.binary);
            only.extend(binaries.flat_map(|binary| ["--bin".to_owned(), binary.clone()]));
            let features = packages.iter().map(|one| format!("{one}/{variant}"));
            only.extend(features.flat_map(|feature| ["--features".to_owned(), feature]));
        }
        if !packages.is_empty() {
            built.extend(cargo.build(&packages, &only, terminal).await?);
        }
    }
    let path = |function: &FunctionPlan| {
        let function = with_variant(function).unwrap_or_else(|| function.clone());
        let folder = function
            .crate_dir
            .canonicalize()
            .map_err(|_| no_binary(&function))?;
        let path = built.get(&(folder, function.binary.clone())).cloned();
        path.ok_or_else(|| no_binary(&function))
    };
    functions.iter().map(path).collect()
}

fn no_binary(function: &FunctionPlan) -> CompileError {
    CompileError::NoBinary {
        function: function.name.clone(),
        binary: function.binary.clone(),
        folder: function.crate_dir.clone(),
    }
}
