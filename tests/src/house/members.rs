//! The members of the workspace, and what their manifests ask for.

use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Where a member lives, which says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// `shared/<name>`: linked into functions.
    Shared,
    /// `functions/<name>`: deployed.
    Functions,
    /// `infra/local`: runs what is deployed.
    LocalStack,
    /// `infra/operate`: what operators and auditors run.
    Operators,
    /// `tests`: this crate.
    Scenarios,
    /// Anywhere else.
    Unknown,
}

/// What a dependency is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is linked into what the member builds, or runs while that is built.
    Shipped,
    /// Only the member's tests see it.
    ForTests,
}

/// One line of a manifest's dependencies.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The package's own name, whatever it is renamed to.
    pub name: String,
    /// What it is for.
    pub kind: Kind,
    /// Whether it is a member of this workspace.
    pub ours: bool,
}

/// One package of the workspace.
#[derive(Debug, Clone)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Where it lives.
    pub room: Room,
    /// All that its manifest asks for, on any platform and with any feature.
    pub dependencies: Vec<Dependency>,
}

/// Why the members could not be listed.
#[derive(Debug, thiserror::Error)]
#[error("cargo could not describe the workspace, mend its manifests first: {0}")]
pub struct MembersError(#[from] cargo_metadata::Error);

/// The members of the workspace at `root`, from their manifests alone: no lock file, no download, no build.
///
/// # Errors
/// When cargo cannot read the manifests.
pub fn members(root: &Path) -> Result<Vec<Member>, MembersError> {
    let workspace = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()?;
    Ok(workspace
        .workspace_packages()
        .into_iter()
        .map(|package| member(workspace.workspace_root.as_std_path(), package))
        .collect())
}

fn member(root: &Path, package: &Package) -> Member {
    let dependencies = package
        .dependencies
        .iter()
        .map(|dependency| Dependency {
            name: dependency.name.clone(),
            kind: if dependency.kind == DependencyKind::Development {
                Kind::ForTests
            } else {
                Kind::Shipped
            },
            ours: dependency.path.is_some(),
        })
        .collect();
    Member {
        name: package.name.to_string(),
        room: room(root, package),
        dependencies,
    }
}

fn room(root: &Path, package: &Package) -> Room {
    let folder = package
        .manifest_path
        .as_std_path()
        .parent()
        .and_then(|folder| folder.strip_prefix(root).ok());
    let parts: Vec<_> = folder
        .into_iter()
        .flat_map(Path::iter)
        .filter_map(|part| part.to_str())
        .collect();
    match parts.as_slice() {
        ["shared", _] => Room::Shared,
        ["functions", _] => Room::Functions,
        ["infra", "local"] => Room::LocalStack,
        ["infra", "operate"] => Room::Operators,
        ["tests"] => Room::Scenarios,
        _ => Room::Unknown,
    }
}
