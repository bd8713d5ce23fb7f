//! What each function may do: read from its policies in the template, asked at every call, and noted once it was used.
//!
//! A function's processes sign with a key of their own, its logical id. The services look the key up, expand the call to the
//! actions that IAM would ask for ([`needs`]), refuse as AWS does what no statement allows, and say so on the terminal: so
//! every scenario that passes says that nothing is missing. What was asked for is noted in a file that stacks share, each
//! fact once; [`check()`] compares those notes with a template, and says what is missing and what nothing used. Whoever signs
//! with another key is a person, and may do everything.
//!
//! Only identity policies count, and of them only what the template's reader takes: `Allow`, named actions, resources.
//! Boundaries, conditions, denials and resource policies are not evaluated; the reader refuses the first three.

mod check;
mod excused;
mod implied;
pub(crate) mod needs;
mod policy;
mod record;
mod roles;

pub use check::{Report, check};
pub(crate) use implied::{of_queue_source, of_stream_source};
pub use policy::{Policy, Statement};
pub(crate) use roles::{Denied, signer};
pub use roles::{Roles, RolesPlan};
