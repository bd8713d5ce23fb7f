//! Every point alone, and every two.

use std::sync::Mutex;

use scenarios::{CrashPoints, Door};

use crate::books::{
    AFTER_CLAIM, AFTER_COMMIT, AFTER_END, AFTER_ENQUEUE, AFTER_RECORD, AFTER_REPORT, AFTER_SEND,
    AFTER_SETTLE, AMID_ENQUEUE, BEFORE_CLAIM, BEFORE_COMMIT, BEFORE_ENQUEUE, BEFORE_REPORT,
    BEFORE_SEND, Point, start, submitted, template,
};

/// On the way of an event, in its order.
const POINTS: [Point; 14] = [
    BEFORE_COMMIT,
    AFTER_COMMIT,
    BEFORE_ENQUEUE,
    AMID_ENQUEUE,
    AFTER_ENQUEUE,
    BEFORE_CLAIM,
    AFTER_CLAIM,
    BEFORE_SEND,
    AFTER_SEND,
    AFTER_RECORD,
    AFTER_SETTLE,
    BEFORE_REPORT,
    AFTER_REPORT,
    AFTER_END,
];

/// Most of the time of a case is waiting: so many stacks wait beside each other.
const STACKS: usize = 8;

/// Each point, and each pair, the same point twice included; but nobody dies twice behind one commit: once it is made, who
/// asks again is answered from the record.
fn cases() -> Vec<Vec<Point>> {
    let alone = POINTS.iter().map(|point| vec![*point]);
    let pairs = POINTS.iter().enumerate().flat_map(|(place, first)| {
        let second = POINTS[place..].iter();
        second.map(move |second| vec![*first, *second])
    });
    let twice_committed = |kills: &Vec<Point>| *kills == [AFTER_COMMIT, AFTER_COMMIT];
    let all = alone.chain(pairs);
    all.filter(|kills| !twice_committed(kills)).collect()
}

#[test]
fn after_a_kill_at_any_point_or_at_any_two_the_books_balance() {
    let cases = cases();
    assert_eq!(cases.len(), 14 + 14 * 15 / 2 - 1);
    let open = Mutex::new(cases.iter());
    let totals = Mutex::new((0, 0, 0));
    std::thread::scope(|scope| {
        for _ in 0..STACKS {
            scope.spawn(|| {
                let (template, points) = (template(), CrashPoints::default());
                let stack = start(&template, &points);
                let filer: Door = stack.door("filer");
                filer.accepts();
                loop {
                    let next = open.lock().expect("nobody panics with it").next();
                    let Some(kills) = next else {
                        break;
                    };
                    let books = submitted((&stack, &points, &filer), kills, true);
                    let mut totals = totals.lock().expect("nobody panics with it");
                    totals.0 += books.letters.len();
                    totals.1 += books.second_letters();
                    totals.2 += books.in_doubt;
                }
            });
        }
    });
    let (notices, second, in_doubt) = totals.into_inner().expect("nobody panicked");
    println!(
        "{} cases: {} letters for {notices} notices; {in_doubt} sent in doubt",
        cases.len(),
        notices + second
    );
    assert_eq!(notices, 2 * cases.len());
    // Nobody can know of a letter whose process died between claim and sending.
    assert!(in_doubt > 0, "no doubt was ever resolved by sending again");
}
