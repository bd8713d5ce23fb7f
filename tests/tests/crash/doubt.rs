//! When the mail service does not report, or too late, a letter that may be out is sent again, and counted.

use scenarios::{CrashPoints, until};

use crate::books::{
    AFTER_CLAIM, AFTER_RECORD, AFTER_SEND, BEFORE_REPORT, BEFORE_SEND, Point, start, submitted,
    template,
};

#[test]
fn without_reports_every_kill_behind_a_sending_is_a_second_letter_and_each_is_counted() {
    let template = template().with(
        "MatchingEventTypes: [send, delivery, bounce, complaint, reject]",
        "MatchingEventTypes: [bounce, complaint, reject]",
    );
    let points = CrashPoints::default();
    let stack = start(&template, &points);
    let filer = stack.door("filer");
    filer.accepts();
    // Kills, second letters, doubts.
    let cases: [(&[Point], usize, usize); 6] = [
        (&[AFTER_CLAIM], 0, 1),
        (&[BEFORE_SEND], 0, 1),
        (&[AFTER_SEND], 1, 1),
        (&[AFTER_RECORD], 0, 0),
        (&[AFTER_SEND, AFTER_SEND], 2, 2),
        (&[BEFORE_SEND, AFTER_SEND], 1, 2),
    ];
    for (kills, second, in_doubt) in cases {
        let books = submitted((&stack, &points, &filer), kills, false);
        let found = (books.second_letters(), books.in_doubt);
        assert_eq!(found, (second, in_doubt), "{kills:?}: {books:?}");
    }
}

#[test]
fn a_report_that_comes_after_the_doubt_changes_nothing() {
    let (template, points) = (template(), CrashPoints::default());
    let stack = start(&template, &points);
    let filer = stack.door("filer");
    filer.accepts();
    let books = std::thread::scope(|scope| {
        // As long as the doubt lasts, nobody who hears a report lives to tell.
        let (stack, points) = (&stack, &points);
        let deaf = scope.spawn(move || {
            for _ in 0..100 {
                points.plan(BEFORE_REPORT.0, BEFORE_REPORT.1);
            }
            until(|| {
                if stack
                    .log_of("NotifyFunction")
                    .contains("\"notice_in_doubt\":1")
                {
                    Ok(())
                } else {
                    Err("a letter in doubt".to_owned())
                }
            });
            points.forget();
        });
        let books = submitted((stack, points, &filer), &[AFTER_SEND], true);
        deaf.join().expect("the doubt ended");
        books
    });
    assert_eq!(
        (books.second_letters(), books.in_doubt),
        (1, 1),
        "{books:?}"
    );
}
