//! Telling people: the notices queue to SES, and what SES reports back to the notices.
//!
//! Two binaries share this library, each with its own queue and policy: `notify` sends, `feedback` hears.
//! A message that cannot be dealt with now goes back to its queue, and rests there for as long as its
//! failure says; one that is no message of ours ends in the dead-letter queue after the template's number
//! of tries.

mod feedback;
mod letters;

pub use feedback::hear;
pub use letters::Desk;
