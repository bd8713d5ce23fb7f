//! Permissions that no scenario uses and that are right all the same, each with its reason. An entry that is used, or that no
//! policy has any more, is a finding itself.

/// A permission that need not be used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Excuse {
    pub(super) function: &'static str,
    pub(super) action: &'static str,
    /// The end of the resource's ARN.
    pub(super) resource: &'static str,
    /// Why it is there.
    pub(super) reason: &'static str,
}

pub(super) const EXCUSED: &[Excuse] = &[Excuse {
    function: "DeadlinesFunction",
    action: "sqs:SendMessage",
    resource: ":TicksQueue",
    reason: "a sweep over more reviews than any scenario has goes on in a message of its own; it is tried in \
             workflow/tests/promises/clock/growth.rs",
}];
