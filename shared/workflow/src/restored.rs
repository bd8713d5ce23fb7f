//! After a restore of the table to an earlier instant: letters that were sent since then are not sent again.
//!
//! The table that came back knows of no letter after that instant. It holds events that were just told, as if they were
//! still to be told, and the sweep would tell people a second time (promise P2). What was sent is known elsewhere: the
//! log of the sender names each notice. So before anything runs on the table, the outcomes are recorded from there.
//!
//! Two kinds of letters cannot be recorded. Their event happened after the instant and is gone; or, if the service has
//! run since, another event has its number now. People were told something that the table does not know: they are named,
//! for a person to settle.

use domain::{NoticeId, Outcome};
use jiff::Timestamp;

use crate::ports::{Claims, Outbox, PortError};

/// A letter that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentNotice {
    /// Which.
    pub notice: NoticeId,
    /// When.
    pub at: Timestamp,
}

/// Why a letter that went out is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// The table has no such event, or not for that person.
    Gone,
    /// The event of that number happened after the instant to which the table was restored: it is another one.
    Another,
}

/// What became of the letters, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordedSent {
    /// Those that are on record now; some may have been before.
    pub recorded: usize,
    /// Those that tell of something that the table does not know.
    pub untold: usize,
}

/// What takes the place of the mail service's id, which the log does not name.
const FROM_THE_LOG: &str = "recorded from the log after a restore";

/// Records each letter of `sent` as sent, in a table that was restored to `restored_to`; `found` hears of those that it
/// does not know. An outcome that is on record stands, so it can be done again.
///
/// # Errors
/// When a port fails; what was recorded until then is.
pub async fn record_sent(
    ports: &(impl Claims + Outbox + ?Sized),
    restored_to: Timestamp,
    sent: &[SentNotice],
    found: &mut impl FnMut(&NoticeId, Untold),
) -> Result<RecordedSent, PortError> {
    let mut done = RecordedSent::default();
    for SentNotice { notice, at } in sent {
        let entry = ports.entry(&notice.review, notice.seq).await?;
        let untold = match &entry {
            Some(entry) if entry.at > restored_to => Some(Untold::Another),
            Some(entry) if entry.recipient(notice).is_some() => None,
            Some(_) | None => Some(Untold::Gone),
        };
        if let Some(untold) = untold {
            done.untold += 1;
            found(notice, untold);
            continue;
        }
        let outcome = Outcome::Sent {
            at: *at,
            message_id: FROM_THE_LOG.to_owned(),
        };
        ports.record(notice, &outcome).await?;
        if let Some(entry) = &entry {
            ports.settle(entry).await?;
        }
        done.recorded += 1;
    }
    Ok(done)
}
