//! The rules of the house: who may depend on whom, and how the repository is kept.
//!
//! Each rule is a function from plain data (the members of the workspace, the text of its files) to the [`Fault`]s found
//! there. So `tests/tests/architecture.rs` holds the repository to the rules, and `tests/tests/broken_house.rs` breaks
//! each rule on purpose and sees it notice: a check that cannot fail is worth nothing.
//!
//! The same directions are enforced by `deny.toml` on the resolved graph, third-party crates included. These rules see what
//! a manifest asks for, with no need of a lock file or a tool that is not Rust's own.

mod citations;
mod fault;
mod files;
mod members;
mod portability;
mod purity;
mod rooms;
mod shape;

pub use citations::{NUMBERED, unknown_citations, unsteady_numbers};
pub use fault::{Fault, assert_none};
pub use files::{FilesError, TextFile, text_files};
pub use members::{Dependency, Kind, Member, MembersError, Room, members};
pub use portability::machine_traces;
pub use purity::{TreeError, impurities, tree_of};
pub use rooms::{forbidden_directions, misplaced_platforms};
pub use shape::{headless_modules, long_files, long_mains, nameless_modules, strangers_at_the_top};
