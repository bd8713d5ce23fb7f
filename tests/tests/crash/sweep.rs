//! The way of an event that the stream lost: a kill at each step of the sweep, and everyone gets one letter.

use scenarios::{CrashPoints, forms, until};

use crate::books::{start, template};

const SWEEP: &str = "DeadlinesFunction";

#[test]
fn a_sweep_that_ends_at_any_point_leaves_what_the_next_one_finds() {
    let template = template().with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["NOTHING"]"#);
    let points = CrashPoints::default();
    let stack = start(&template, &points);
    stack.door("filer").accepts();
    let deaths = [
        "before-overdue",
        "after-entry",
        "before-move-on",
        "after-move-on",
        "amid-enqueue",
        "after-enqueue",
    ];
    let clock = |hour: usize, minute: usize| {
        let reply = stack.advance_clock(&format!("2025-10-20T{hour:02}:{minute:02}:00Z"));
        reply.expect(200);
    };
    let people = forms::people("front.desk@example.org", &[]);
    for (number, point) in deaths.into_iter().enumerate() {
        // A token ends after an hour of the set clock.
        let filer = stack.door("filer");
        let (id, revision) = filer.completes(&forms::group(), &people);
        points.plan(SWEEP, point);
        filer.submits(&id, revision, "submit").expect(200);
        let hour = 14 + number;
        clock(hour, 30);
        until(|| match points.left().pop() {
            None => Ok(()),
            Some(left) => Err(left),
        });
        // At the latest a quarter of an hour later it is due again.
        clock(hour, 59);
        let letters = stack.letters(2 * (number + 1));
        let of_this = letters
            .iter()
            .filter(|letter| letter.notice.starts_with(&id));
        assert_eq!(of_this.count(), 2, "{point}");
        until(|| match stack.waiting() {
            0 => Ok(()),
            waiting => Err(format!("{waiting} messages wait")),
        });
    }
    assert!(!stack.log("NotifyFunction").contains("notice_in_doubt"));
}
