//! What moves submitted reviews on, other than their filers: commands that sweeps and administrators hand out.

mod commands;

pub use commands::Clerk;
