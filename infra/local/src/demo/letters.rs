//! Waiting for letters, and reading them.
//!
//! Mail comes when the functions behind the answer have done their work, so it is waited for: looked for again and
//! again, until it is there or [`PATIENCE`] has run out. Letters of a review are known by their tag, which begins with
//! the review's id.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{
    PATIENCE,
    mismatch::Mismatch,
    play::Player,
    step::{Letter, Letters, Tally},
};

/// Between two looks into the mailbox.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// A letter as the mailbox lists it.
struct Listed {
    id: String,
    to: String,
    subject: String,
}

/// Waits until all are there, reads each, and shows it.
pub(super) async fn await_them(player: &Player<'_>, wanted: &Letters) -> Result<(), Mismatch> {
    let review = player.memory.text(wanted.review)?;
    let subject = player.memory.text(wanted.subject)?;
    let deadline = Instant::now() + PATIENCE;
    let mut found = loop {
        let mut found = listed(player, &[review.as_str()]).await?;
        found.retain(|letter| letter.subject == subject);
        if found.len() >= wanted.each.len() {
            break found;
        }
        if Instant::now() >= deadline {
            return Err(Mismatch::TooFew {
                seconds: PATIENCE.as_secs(),
                found: found.len(),
                wanted: wanted.each.len(),
                subject,
                url: player.url().to_owned(),
            });
        }
        sleep(LOOK_AGAIN).await;
    };
    let place = |letter: &Listed| wanted.each.iter().position(|one| one.to == letter.to);
    found.sort_by_key(place);
    let addressees: Vec<_> = found.iter().map(|letter| letter.to.as_str()).collect();
    let expected: Vec<_> = wanted.each.iter().map(|letter| letter.to).collect();
    if addressees != expected {
        return Err(Mismatch::Addressees {
            subject,
            wanted: expected.join(", "),
            found: addressees.join(", "),
        });
    }
    for (place, (letter, wanted)) in found.iter().zip(&wanted.each).enumerate() {
        if place > 0 {
            player.page().gap();
        }
        read(player, letter, wanted).await?;
    }
    Ok(())
}

async fn read(player: &Player<'_>, letter: &Listed, wanted: &Letter) -> Result<(), Mismatch> {
    let path = format!("/_local/mail/{}", letter.id);
    let mail = player.page_of_stack(&path).await?;
    let part = |name: &str| {
        mail[name]
            .as_str()
            .ok_or_else(|| Mismatch::Mailbox(path.clone()))
    };
    let (text, html) = (part("text")?, part("html")?);
    player.page().letter(&letter.to, &letter.subject, text);
    for phrase in wanted.says {
        if !text.contains(phrase) {
            return Err(Mismatch::Unsaid {
                to: letter.to.clone(),
                phrase: (*phrase).to_owned(),
            });
        }
        player.page().as_told(&format!("it says \"{phrase}\""));
    }
    for phrase in wanted.hides {
        if text.contains(phrase) || html.contains(phrase) {
            return Err(Mismatch::Told {
                to: letter.to.clone(),
                phrase: (*phrase).to_owned(),
            });
        }
        player
            .page()
            .as_told(&format!("neither its text nor its HTML says \"{phrase}\""));
    }
    Ok(())
}

/// Counts all letters about the reviews.
pub(super) async fn count_them(player: &Player<'_>, tally: &Tally) -> Result<(), Mismatch> {
    let reviews = tally
        .reviews
        .iter()
        .map(|review| player.memory.text(review));
    let reviews = reviews.collect::<Result<Vec<_>, _>>()?;
    let reviews: Vec<_> = reviews.iter().map(String::as_str).collect();
    let mut found = listed(player, &reviews).await?;
    found.reverse(); // the oldest first
    for letter in &found {
        player.page().listed(&letter.to, &letter.subject);
    }
    if found.len() != tally.letters {
        return Err(Mismatch::Count {
            wanted: tally.letters,
            found: found.len(),
        });
    }
    player
        .page()
        .as_told(&format!("there are {} letters", tally.letters));
    Ok(())
}

/// The letters about these reviews, the newest first.
async fn listed(player: &Player<'_>, reviews: &[&str]) -> Result<Vec<Listed>, Mismatch> {
    const MAILBOX: &str = "/_local/mail";
    let unreadable = || Mismatch::Mailbox(MAILBOX.to_owned());
    let mailbox = player.page_of_stack(MAILBOX).await?;
    let mut found = Vec::new();
    for mail in mailbox.as_array().ok_or_else(unreadable)? {
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(unreadable);
        let notice = mail["tags"]["notice"].as_str().unwrap_or_default();
        let about = |review: &str| {
            notice
                .strip_prefix(review)
                .is_some_and(|rest| rest.starts_with('-'))
        };
        if reviews.iter().any(|review| about(review)) {
            found.push(Listed {
                id: text(&mail["id"])?,
                to: text(&mail["destinations"][0])?,
                subject: text(&mail["subject"])?,
            });
        }
    }
    Ok(found)
}
