//! Letters to the filer's side about what the review team changed about its people (domain.md #34, #54).

use domain::{ContactReplacedV1, EntrustedV1, civil_text};
use jiff::Timestamp;

use crate::facts::Fact;
use crate::news::News;

use super::{NOTHING_TO_DO, SURPRISED, Told};

/// The owner has left, and the review team named another.
pub(super) fn entrusted(event: &EntrustedV1, news: News, at: Timestamp) -> Told {
    let yours = news == News::EntrustedToYou;
    let headline = match (yours, event.opened) {
        (true, true) => "You own this request from now on",
        (true, false) => "This request has been given to you",
        (false, _) => "This request has been given to another owner",
    };
    let what = if event.opened {
        "The review team gave the request to a member of its staff on {}, because its owner had left."
    } else {
        "The review team took the request from its owner, who had left, on {}, and named another person. Nobody owns it until that person signs in and opens it."
    };
    let rights = "The owner alone can submit, correct or withdraw the request, and change who works on it. What was entered and sent stays as it is.";
    let step = if yours && !event.opened {
        "Sign in with the address that this email came to and open the request to take it over."
    } else {
        NOTHING_TO_DO
    };
    Told {
        headline: headline.to_owned(),
        opening: vec![what.replace("{}", &civil_text(at)), rights.to_owned()],
        steps: vec![step.to_owned(), SURPRISED.to_owned()],
        facts: vec![Fact::moment("Given", at)],
    }
}

/// The contact's mail came back, and the review team put another address in its place.
pub(super) fn contact_replaced(event: &ContactReplacedV1, at: Timestamp) -> Told {
    let missed = match (event.missed, event.sent_anew) {
        (0, _) => "No letter was lost by that.".to_owned(),
        (missed, 0) => format!(
            "Letters that did not arrive: {missed}. None of them is needed any more; all that they told is shown after signing in."
        ),
        (missed, anew) => format!(
            "Letters that did not arrive: {missed}. Those that still matter, {anew} of them, follow to the new address; all that the others told is shown after signing in."
        ),
    };
    Told {
        headline: "The contact of this request has a new address".to_owned(),
        opening: vec![
            format!(
                "Emails to the contact came back, so the review team put another address in its place on {}. From now on letters go there.",
                civil_text(at)
            ),
            missed,
        ],
        steps: vec![
            "Please check the contact of the request after signing in, and change what is not right.".to_owned(),
            SURPRISED.to_owned(),
        ],
        facts: vec![Fact::moment("Changed", at)],
    }
}
