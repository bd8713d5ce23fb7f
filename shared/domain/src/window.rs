//! The filing window of a performance year: a history of changes, folded up to an instant (domain.md #15).
//!
//! A window can open before its close is known, and a close can move. So nobody stores "the" close:
//! every question is answered by folding the changes known at the receipt instant, those of the rule
//! set first, then those an administrator made.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{civil_text, days_left};

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

impl Window {
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
            WindowState::Open(Some(closes)) => match days_left(self.at, closes) {
                Some(0) | None => format!("The window closes today, {}.", civil_text(closes)),
                Some(1) => format!("The window closes tomorrow, {}.", civil_text(closes)),
                Some(days) => format!(
                    "The window closes on {} ({days} days left).",
                    civil_text(closes)
                ),
            },
            WindowState::Closed(closed) => format!("The window closed on {}.", civil_text(closed)),
        }
    }
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
    fn the_sentence_counts_down() {
        assert_eq!(
            py2024("2025-10-20T14:00:00Z").sentence(),
            "The window closes on Friday, November 14, 2025, 8:00 pm ET (25 days left)."
        );
        assert_eq!(
            py2024("2025-11-14T15:00:00Z").sentence(),
            "The window closes today, Friday, November 14, 2025, 8:00 pm ET."
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
