//! What holds for a performance year, and where its window stands (domain.md #15, #20).

use domain::{PerformanceYear, RuleSet, Window, WindowChange, rule_set};
use jiff::Timestamp;

use crate::Failure;
use crate::ports::Programs;

/// A performance year as it was known at an instant.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its rules.
    pub rules: &'static RuleSet,
    /// Its window.
    pub window: Window,
    /// How the window came to be so, in the order in which it became known.
    pub changes: Vec<WindowChange>,
}

/// The year as it was known at `at`.
///
/// # Errors
/// [`Failure::UnknownYear`].
pub async fn program(
    programs: &(impl Programs + ?Sized),
    year: PerformanceYear,
    at: Timestamp,
) -> Result<Program, Failure> {
    let rules = rule_set(year)?;
    let made = programs.window_changes(year).await?;
    let known = |change: &&WindowChange| change.known <= at;
    let changes: Vec<_> = rules.window.iter().chain(&made).filter(known).collect();
    let changes: Vec<_> = changes.into_iter().cloned().collect();
    Ok(Program {
        rules,
        window: Window::at(at, &changes),
        changes,
    })
}

/// The year as it is known to whoever acts for the clock at `as_of`: with every change that an administrator
/// has made by now, though it was after that instant. A command that rested in a queue must not close a
/// window that was extended meanwhile. The window's own instant is that of the last change then.
///
/// # Errors
/// [`Failure::UnknownYear`].
pub(crate) async fn program_known(
    programs: &(impl Programs + ?Sized),
    year: PerformanceYear,
    as_of: Timestamp,
) -> Result<Program, Failure> {
    let rules = rule_set(year)?;
    let made = programs.window_changes(year).await?;
    let at = made.iter().fold(as_of, |at, change| at.max(change.known));
    let changes = rules.window.iter().filter(|change| change.known <= at);
    let changes: Vec<_> = changes.chain(&made).cloned().collect();
    Ok(Program {
        rules,
        window: Window::at(at, &changes),
        changes,
    })
}
