//! The adapters: the only crate that names the AWS SDK.
//!
//! [`table`] keeps reviews, history, outbox, claims and answers in one DynamoDB table and alone knows its
//! keys and attributes; [`bucket`] has the bytes of files; [`queue`] hands notices on; [`mailer`] sends mail. Clients share one HTTP client
//! (rustls on ring) and are made once, before the function runs.

pub mod bucket;
mod connection;
pub mod mail_events;
mod mailer;
pub mod queue;
pub mod sweeps;
pub mod table;

pub use bucket::Bucket;
pub use connection::{Connection, NoConnection};
pub use mailer::SesMailer;
pub use queue::{SqsDeadLetters, SqsLookQueue, SqsNoticeQueue};
pub use table::Table;
