//! The host's zone means nothing: the same bytes in UTC, Kolkata and New York (domain.md #16).

use std::process::Command as Process;

use domain::{
    DOCUMENT_REMINDERS, DRAFT_REMINDERS, Window, civil_text, days_left, due_after_days,
    reminder_at, rule_sets,
};
use jiff::{SignedDuration, Timestamp};

const MARK: &str = "zone|";

/// Every deadline of every year around its close, as text.
fn deadlines() -> Vec<String> {
    let mut lines = Vec::new();
    for rules in rule_sets() {
        for change in &rules.window {
            lines.push(format!(
                "{} {} {:?}",
                rules.year, change.known, change.opens
            ));
            let Some(closes) = change.closes else {
                continue;
            };
            for milliseconds in [-86_400_000, -1, 0, 1] {
                let at: Timestamp = closes + SignedDuration::from_millis(milliseconds);
                let window = Window::at(at, &rules.window);
                let due = due_after_days(at, rules.document_days.unwrap_or(15));
                let reminders = DRAFT_REMINDERS.map(|days| reminder_at(closes, days));
                let of_documents = DOCUMENT_REMINDERS.map(|days| reminder_at(due, days));
                lines.push(format!(
                    "{} {} {due} {} {:?} {reminders:?} {of_documents:?}",
                    window.sentence(),
                    civil_text(at),
                    civil_text(due),
                    days_left(at, closes),
                ));
            }
        }
    }
    lines
}

/// Its lines are what the other test compares; alone it only shows that there are some.
#[test]
fn prints_every_deadline() {
    let lines = deadlines();
    assert!(lines.len() > 20);
    for line in lines {
        println!("{MARK}{line}");
    }
}

#[test]
fn the_same_bytes_in_every_zone_of_the_host() {
    let printed = |zone: &str| {
        let this = std::env::current_exe().expect("this test's own program");
        let mut child = Process::new(this);
        child.args([
            "--exact",
            "zone::prints_every_deadline",
            "--nocapture",
            "--test-threads=1",
        ]);
        let output = child.env("TZ", zone).output().expect("it runs");
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).expect("text");
        // The harness prints the test's name before the first line.
        let lines = text.lines().filter_map(|line| line.split_once(MARK));
        lines.map(|(_, line)| line.to_owned()).collect::<Vec<_>>()
    };
    let here = deadlines();
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        assert_eq!(printed(zone), here, "{zone}");
    }
}
