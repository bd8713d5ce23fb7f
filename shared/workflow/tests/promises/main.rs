//! What the use cases promise, tried on ports in memory that fail, race and crash between any two steps.

mod access;
mod answers;
mod at_once;
mod clock;
mod copies;
mod crashes;
mod delivery;
mod doubt;
mod feedback;
mod files;
mod lists;

mod opening;
mod participation;
mod post;
mod races;
mod statement;
mod stories;
mod sweep;
mod team;
mod verify;
mod watch;
mod watched;
