//! Use cases of a targeted review, one file each, and the ports that they need.
//!
//! A use case asks for the narrowest ports: its signature is its permission, and the template's policy
//! says the same in one sentence. Decisions are the domain's; this crate loads what a decision looks
//! at, commits what it returns, and decides again on fresh state when someone else was faster.
//!
//! An answer that was given is given again: every POST carries an idempotency key, its record is
//! written in the same transaction as the change, and it is looked up *before* anything else is
//! judged, so that a repeated submission cannot become late (promise P1).

mod accept;
mod begin;
mod change;
pub mod clock;
mod comments;
mod correspondence;
mod deliver;
mod download;
mod feedback;
mod grant;
mod history;
mod idempotency;
mod inbound;
mod list;
pub mod orders;
mod participation;
pub mod ports;
mod preview;
mod program;
mod queue;
mod read;
mod reconcile;
mod redrive;
mod relay;
mod restored;
mod search;
mod sides;
mod sweep;
mod team;
mod undeliverable;
mod verify;
mod watch;
mod window;
mod wish;

pub use accept::{AcceptanceAnswer, InNameOf, accept_statement};
pub use begin::{BeginPorts, begin, copy_as_new};
pub use change::{Answer, ChangePorts, change, edit};
pub use comments::{CommentAnswer, CommentsPage, comment, comments, team_comment, team_comments};
pub use correspondence::{Letter, Told, correspondence, unreachable};
pub use deliver::{DeliverError, DeliverPorts, Delivered, deliver};
pub use download::{Download, download};
pub use feedback::feedback;
pub use grant::{GrantAnswer, Granted, grant_upload};
pub use history::history;
pub use idempotency::{KeyName, KeyRecord};
pub use inbound::{Failure, IdempotencyKey, IdempotencyKeyError, Inbound};
pub use list::{Cursor, CursorError, Due, Listed, Mine, Sort, Wanted, listed, mine};
pub use participation::{LookUp, LookUpKey, LookedUp, Remembered, participation};
pub use preview::{PreviewPorts, Previewed, preview};
pub use program::{Program, program};
pub use queue::{Assigned, QueuePage, QueueWanted, assigned, queue, queue_counts};
pub use read::{OpenPorts, View, preflight, view};
pub use reconcile::{
    Finding, LetterPorts, Mended, Mode, NIGHTS, PartPorts, ReconcileError, Reconciled, When, Wrong,
    part_of_the_night, reconcile_letters, reconcile_part,
};
pub use redrive::{Redriven, discard, redrive};
pub use relay::relay;
pub use restored::{RecordedSent, SentNotice, Untold, record_sent};
pub use search::{Sought, make_findable, same_party, search};
pub use sides::{change_by_either_side, view_by_either_side};
pub use sweep::{OUTBOX_DUE, OutboxSwept, sweep_outbox};
pub use team::{
    Revealed, TeamPorts, notes, reveal_tin, team_change, team_correspondence, team_history,
    team_view,
};
pub use undeliverable::{Undeliverable, UndeliverablePorts, undeliverable};
pub use verify::{Unsound, Verification, verification, verify_every_history, verify_history};
pub use watch::{Inspect, Scan, ScanVerdict, Watch, WatchPorts, Watched};
pub use window::{WindowEffect, WindowPorts, WindowWish, change_window, window_dry_run};
pub use wish::Wish;
