//! What the use cases promise, tried on ports in memory that fail, race and crash between any two steps.

mod access;
mod answers;
mod at_once;
mod clock;
mod comments;
mod comments_at_once;
mod contact;
mod copies;
mod crashes;
mod delivery;
mod doubt;
mod feedback;
mod files;
mod lists;
mod locked;

mod opening;
mod participation;
mod post;
mod queue;
mod races;
mod reconcile;
mod statement;
mod stories;
mod sweep;
mod team;
mod verify;
mod watch;
mod watched;
