//! The letters to an address that has not been verified: id, status and a link (domain.md #54).
//!
//! The address may be mistyped, so its reader may be anyone. These words are made from the kind of news
//! alone; a fact about the party cannot slip in, because none comes in.

use crate::facts::Fact;
use crate::news::News;

use super::Words;

pub(super) fn words(news: News) -> Words {
    let headline = match news {
        News::Received => "A targeted review request has been submitted",
        News::RequestWithdrawn => "A targeted review request has been withdrawn",
        News::DraftWithdrawn => "The draft of a targeted review request has been withdrawn",
    };
    Words {
        headline,
        opening: vec![
            "To protect the people concerned, this email holds nothing but the review ID and the status.".to_owned(),
        ],
        steps: vec![
            "To see more, sign in with the address that this email came to.".to_owned(),
            "If you know nothing about this request, you need not do anything.".to_owned(),
        ],
        facts: vec![Fact::status(news.status())],
        reason: "The Targeted Review service sent you this email because someone who works on this request added your address, so that you hear of its status.",
    }
}
