//! What the tests of the whole repository share: the rules of the house, and what scenarios stand on. Nothing here is
//! deployed.
//!
//! A scenario starts the stack as a process of its own ([`Launch`]), acts as somebody through its doors ([`Door`]), and
//! looks at replies, mailbox and files. It knows nothing of the code behind the doors.

pub mod api;
mod balance;
mod client;
mod crash;
mod deployed;
mod directory;
mod door;
mod forger;
pub mod forms;
pub mod house;
mod http;
mod launch;
mod mailbox;
mod output;
mod patience;
pub mod permissions;
mod program;
mod queues;
mod second_home;
mod signed;
mod stack;
mod storm;
mod tables;
pub mod telemetry;
mod template;
pub mod wiring;
mod zips;

pub use balance::Letters;
pub use client::{Client, Doors};
pub use crash::CrashPoints;
pub use directory::Directory;
pub use door::{Ask, Door, Grant, decision};
pub use forger::Forger;
pub use http::{Reply, fetch, get_json};
pub use launch::Launch;
pub use mailbox::Mail;
pub use patience::until;
pub use program::{Ran, binaries, crashing_binaries, demo};
pub use second_home::second_home;
pub use stack::Stack;
pub use storm::storm;
pub use template::{TemplateCopy, template_text};
pub use zips::check_zips;
