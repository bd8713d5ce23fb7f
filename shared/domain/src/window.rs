//! The filing window of a performance year: a history of changes, folded up to an instant (domain.md #15).
//!
//! A window can open before its close is known, and a close can move. So nobody stores "the" close:
//! every question is answered by folding the changes known at the receipt instant, those of the rule
//! set first, then those an administrator made.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{civil_text, time_left};

/// One change of a window, with the instant from which it was known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowChange {
    /// From when on this holds.
    pub known: Timestamp,
    /// The opening instant; `None` where it is not on record, and the window counts as open from
    /// `known` on (domain.md C, PY2017).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Timestamp>,
    /// The closing instant; `None` while it is to be announced.
    pub closes: Option<Timestamp>,
    /// Why, for people.
    pub reason: String,
}

/// A window as it was known at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    at: Timestamp,
    known: Option<WindowChange>,
}

/// Where an instant lies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// Nothing has been announced.
    Unannounced,
    /// It opens at this instant.
    NotYetOpen(Timestamp),
    /// Requests are taken; until the close, if it is known.
    Open(Option<Timestamp>),
    /// It closed at this instant.
    Closed(Timestamp),
}

/// Why a window cannot be changed so (domain.md #23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowRefused {
    /// People rely on the close that was announced.
    #[error("drafts exist, so the close can only move to a later instant; it is {}", civil_text(*.0))]
    Earlier(Timestamp),
    /// The close has passed, or comes before the opening.
    #[error("the close must lie in the future, and after the opening")]
    NotToCome,
    /// People are told why.
    #[error("give a reason; everyone with a draft is told")]
    NoReason,
}

impl Window {
    /// A change of the window from the instant of the fold on: announces a close, extends it, or reopens
    /// the window. `drafts_exist` says whether anybody relies on the present close.
    ///
    /// # Errors
    /// [`WindowRefused`] when the close would move earlier under existing drafts, or is not to come.
    pub fn changed(
        &self,
        opens: Option<Timestamp>,
        closes: Timestamp,
        reason: &str,
        drafts_exist: bool,
    ) -> Result<WindowChange, WindowRefused> {
        if reason.trim().is_empty() {
            return Err(WindowRefused::NoReason);
        }
        let opens = opens.or(self.opens());
        if closes <= self.at || opens.is_some_and(|opens| closes <= opens) {
            return Err(WindowRefused::NotToCome);
        }
        match self.closes() {
            Some(present) if drafts_exist && closes <= present => {
                Err(WindowRefused::Earlier(present))
            }
            Some(_) | None => Ok(WindowChange {
                known: self.at,
                opens,
                closes: Some(closes),
                reason: reason.trim().to_owned(),
            }),
        }
    }

    /// Folds `changes` (in the order in which they were made) up to `at`.
    #[must_use]
    pub fn at<'a>(at: Timestamp, changes: impl IntoIterator<Item = &'a WindowChange>) -> Self {
        let known = changes
            .into_iter()
            .filter(|change| change.known <= at)
            .last()
            .cloned();
        Self { at, known }
    }

    /// Where the instant of the fold lies. The window is half-open: the closing instant itself is
    /// outside (domain.md #17).
    #[must_use]
    pub fn state(&self) -> WindowState {
        let Some(known) = &self.known else {
            return WindowState::Unannounced;
        };
        match (known.opens, known.closes) {
            (Some(opens), _) if self.at < opens => WindowState::NotYetOpen(opens),
            (_, Some(closes)) if closes <= self.at => WindowState::Closed(closes),
            (_, closes) => WindowState::Open(closes),
        }
    }

    /// The instant of the fold.
    #[must_use]
    pub fn asked_at(&self) -> Timestamp {
        self.at
    }

    /// The opening as it was known, if it is on record.
    #[must_use]
    pub fn opens(&self) -> Option<Timestamp> {
        self.known.as_ref().and_then(|known| known.opens)
    }

    /// The close as it was known, passed or to come.
    #[must_use]
    pub fn closes(&self) -> Option<Timestamp> {
        self.known.as_ref().and_then(|known| known.closes)
    }

    /// From when on the present state of the window was known.
    #[must_use]
    pub fn known_since(&self) -> Option<Timestamp> {
        self.known.as_ref().map(|known| known.known)
    }

    /// Why the window is as it is, for people.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.known.as_ref().map(|known| known.reason.as_str())
    }

    /// Whether a request received at the instant of the fold is on time.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state(), WindowState::Open(_))
    }

    /// One sentence for people, with the days left (domain.md #20).
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.state() {
            WindowState::Unannounced => "The window has not been announced.".to_owned(),
            WindowState::NotYetOpen(opens) => format!("The window opens on {}.", civil_text(opens)),
            WindowState::Open(None) => {
                "The window is open; its closing time is to be announced.".to_owned()
            }
            WindowState::Open(Some(closes)) => format!("The window {}.", closing(self.at, closes)),
            WindowState::Closed(closed) => format!("The window closed on {}.", civil_text(closed)),
        }
    }
}

/// That a window closes: `closes today at 8 pm ET`; on other days with the days left (domain.md #20).
pub(crate) fn closing(at: Timestamp, closes: Timestamp) -> String {
    format!("closes {}", time_left(at, closes).on())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_set;

    fn py2024(at: &str) -> Window {
        let rules = rule_set("2024".parse().expect("a year")).expect("PY2024 has a rule set");
        Window::at(at.parse().expect("an instant"), &rules.window)
    }

    #[test]
    fn py2024_to_the_millisecond() {
        assert_eq!(
            py2024("2025-09-09T03:59:59.999Z").state(),
            WindowState::Unannounced
        );
        assert_eq!(
            py2024("2025-09-09T04:00:00Z").state(),
            WindowState::Open(None)
        );
        let close = "2025-11-15T01:00:00Z".parse().expect("an instant");
        assert_eq!(
            py2024("2025-10-15T03:59:59.999Z").state(),
            WindowState::Open(None)
        );
        assert_eq!(
            py2024("2025-10-15T04:00:00Z").state(),
            WindowState::Open(Some(close))
        );
        assert_eq!(
            py2024("2025-11-15T00:59:59.999Z").state(),
            WindowState::Open(Some(close))
        );
        assert_eq!(
            py2024("2025-11-15T01:00:00Z").state(),
            WindowState::Closed(close)
        );
        assert_eq!(
            py2024("2025-11-15T01:00:00.001Z").state(),
            WindowState::Closed(close)
        );
    }

    #[test]
    fn an_extension_known_later_does_not_rewrite_the_past() {
        let rules = rule_set("2024".parse().expect("a year")).expect("PY2024 has a rule set");
        let extension = WindowChange {
            known: "2025-11-10T15:00:00Z".parse().expect("an instant"),
            opens: "2025-09-09T04:00:00Z".parse().ok(),
            closes: Some("2025-11-22T01:00:00Z".parse().expect("an instant")),
            reason: "a storm".to_owned(),
        };
        let changes = || rules.window.iter().chain([&extension]);
        let state = |at: &str| Window::at(at.parse().expect("an instant"), changes()).state();
        assert_eq!(
            state("2025-11-10T14:59:59Z"),
            WindowState::Open(Some("2025-11-15T01:00:00Z".parse().expect("an instant")))
        );
        assert_eq!(
            state("2025-11-15T01:00:00Z"),
            WindowState::Open(extension.closes)
        );
    }

    #[test]
    fn a_close_moves_later_or_before_any_draft_exists() {
        let window = py2024("2025-11-10T15:00:00Z");
        let change = |closes: &str, drafts_exist| {
            let closes = closes.parse().expect("an instant");
            window.changed(None, closes, "a storm", drafts_exist)
        };
        let close = "2025-11-15T01:00:00Z".parse().expect("an instant");
        for earlier in ["2025-11-14T01:00:00Z", "2025-11-15T01:00:00Z"] {
            assert_eq!(change(earlier, true), Err(WindowRefused::Earlier(close)));
            assert!(change(earlier, false).is_ok());
        }
        let extended = change("2025-11-22T01:00:00Z", true).expect("it is later");
        assert_eq!(
            extended.opens,
            window.known.as_ref().and_then(|known| known.opens)
        );
        assert_eq!(
            change("2025-11-10T15:00:00Z", false),
            Err(WindowRefused::NotToCome)
        );
        let silent = window.changed(None, close, " ", false);
        assert_eq!(silent, Err(WindowRefused::NoReason));
        // After the close, the same is a reopening.
        let reopened = py2024("2025-11-20T15:00:00Z").changed(
            None,
            "2025-11-27T01:00:00Z".parse().expect("an instant"),
            "an outage",
            true,
        );
        assert!(reopened.is_ok());
    }

    #[test]
    fn the_sentence_counts_down() {
        assert_eq!(
            py2024("2025-10-20T14:00:00Z").sentence(),
            "The window closes on Friday, November 14, 2025, 8:00 pm ET (25 days left)."
        );
        assert_eq!(
            py2024("2025-11-14T15:00:00Z").sentence(),
            "The window closes today at 8 pm ET."
        );
        assert_eq!(
            py2024("2025-11-15T02:00:00Z").sentence(),
            "The window closed on Friday, November 14, 2025, 8:00 pm ET."
        );
        assert_eq!(
            py2024("2025-10-01T02:00:00Z").sentence(),
            "The window is open; its closing time is to be announced."
        );
    }
}
