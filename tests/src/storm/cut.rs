//! The reply that was cut after the commit: one review and one answer, wherever the cut is.

use super::field::{Field, SDK_TRIES};
use super::weather::{Fault, lost_replies};
use crate::{Client, Reply};

/// Two letters a submission: to the contact, and to the owner.
pub(super) const LETTERS: usize = 2;

/// Where replies get lost.
struct Cut {
    place: &'static str,
    /// Before the table.
    store: Vec<Fault>,
    /// Before the API.
    door: Vec<Fault>,
    /// How often the client has to ask again, at least.
    failed: u64,
    broken: u64,
}

fn cuts() -> [Cut; 4] {
    let commits = |times| lost_replies("dynamodb", Some("TransactWriteItems"), times);
    let answers = |times| lost_replies("*", None, times);
    let cut = |place, store, door, failed, broken| Cut {
        place,
        store,
        door,
        failed,
        broken,
    };
    [
        // The SDK asks again with the token of the first time.
        cut("table, once", commits(1), vec![], 0, 0),
        // The function never hears of its commit, and fails.
        cut(
            "table, as often as it is asked",
            commits(SDK_TRIES),
            vec![],
            1,
            0,
        ),
        cut("answer", vec![], answers(1), 0, 1),
        cut("table and answer", commits(SDK_TRIES), answers(2), 0, 2),
    ]
}

/// Begins and submits a review for each place, and returns a line about each.
///
/// # Panics
/// When a review or an answer is not the only one.
pub(super) fn cut_replies(field: &mut Field) -> Vec<String> {
    let mut told = Vec::new();
    for (number, cut) in cuts().into_iter().enumerate() {
        let before = listed(field);
        let key = format!("cut-begin-{number}");
        let begun = through(field, &cut, |client| client.begins(&key));
        let id = begun.text_at("/id").to_owned();
        assert_eq!(listed(field), before + 1, "{}: one review", cut.place);

        let calm = field.client("filer");
        let revision = calm.completes(&id, 900_000 + number);
        let key = format!("cut-submit-{number}");
        let answer = through(field, &cut, |client| client.submits(&id, revision, &key));
        field
            .stack
            .door("filer")
            .assert_submitted_once(&id, &answer);
        told.push(format!(
            "reply lost at {}: one review, one answer",
            cut.place
        ));
    }
    let letters = field.stack.letters(LETTERS * told.len());
    assert_eq!(letters.len(), LETTERS * told.len());
    told
}

/// What somebody is answered while replies are cut, and then once more.
fn through(field: &mut Field, cut: &Cut, act: impl Fn(&Client) -> Reply) -> Reply {
    let client = field.client("filer");
    field.store.brew(&cut.store);
    field.front.brew(&cut.door);
    let answer = act(&client);
    field.calm();
    let (broken, failed) = client.disappointments();
    assert!(
        broken >= cut.broken && failed >= cut.failed,
        "{}: {broken} answers were lost and {failed} were failures",
        cut.place
    );
    let again = act(&client);
    assert_eq!(again.text, answer.text, "{}: one answer", cut.place);
    answer
}

fn listed(field: &Field) -> u64 {
    let list = field.stack.door("filer").get("/v1/reviews").expect(200);
    list.number_at("/count")
}
