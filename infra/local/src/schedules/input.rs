//! The message that a schedule sends, with the places that EventBridge Scheduler fills in.

use jiff::Timestamp;

const BEGIN: &str = "<aws.scheduler.";

/// A message with places to fill.
#[derive(Clone, Debug)]
pub struct Input(String);

/// A place that is not filled here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "{0} is not filled in here; <aws.scheduler.scheduled-time>, <aws.scheduler.schedule-arn> and \
     <aws.scheduler.execution-id> are"
)]
pub struct UnknownPlace(String);

impl Input {
    /// Reads a message.
    ///
    /// # Errors
    /// [`UnknownPlace`] for a place that this stand-in would leave unfilled.
    pub fn parse(text: &str) -> Result<Self, UnknownPlace> {
        for (start, _) in text.match_indices(BEGIN) {
            let rest = &text[start..];
            let place = rest.find('>').map_or(rest, |end| &rest[..=end]);
            if !["scheduled-time", "schedule-arn", "execution-id"]
                .iter()
                .any(|known| place == format!("{BEGIN}{known}>"))
            {
                return Err(UnknownPlace(place.to_owned()));
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The message of one occurrence. Its execution id says which: a tick that comes again after a crash has the
    /// same one.
    pub(super) fn at(&self, scheduled: Timestamp, arn: &str) -> String {
        let time = scheduled.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let name = arn.rsplit('/').next().unwrap_or_default();
        let execution = format!("{name}-{}", scheduled.as_second());
        self.0
            .replace("<aws.scheduler.scheduled-time>", &time)
            .replace("<aws.scheduler.schedule-arn>", arn)
            .replace("<aws.scheduler.execution-id>", &execution)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_refused() {
        let text = r#"{"at": "<aws.scheduler.scheduled-time>", "by": "<aws.scheduler.schedule-arn>", "run": "<aws.scheduler.execution-id>"}"#;
        let scheduled = "2025-10-20T14:05:00Z".parse().expect("an instant");
        let filled = Input::parse(text)
            .expect("known")
            .at(scheduled, "arn:x/default/Sweep");
        assert_eq!(
            filled,
            r#"{"at": "2025-10-20T14:05:00Z", "by": "arn:x/default/Sweep", "run": "Sweep-1760969100"}"#
        );
        for wrong in [
            "<aws.scheduler.attempt-number>",
            "<aws.scheduler.scheduled-time",
            "<aws.scheduler.>",
        ] {
            let said = Input::parse(wrong).expect_err(wrong).to_string();
            assert!(said.starts_with(wrong), "{said}");
        }
    }
}
