//! `operate undeliverable`: whose clock runs while no letter reaches anybody (domain.md #19).

use domain::PersonHashKey;
use workflow::{Undeliverable, UndeliverablePorts, undeliverable};

use crate::Outcome;
use crate::cli::UndeliverableArgs;
use crate::console::Console;

/// Looks; prints a line for each, and one with the counts.
pub(crate) async fn run(
    ports: &impl UndeliverablePorts,
    key: &PersonHashKey,
    args: &UndeliverableArgs,
    console: &mut Console<'_>,
) -> Outcome {
    let mut unheard = 0;
    let mut tell = |found: &Undeliverable| {
        unheard += 1;
        console.line(line(found, args.with_phone));
    };
    match undeliverable(ports, key, &mut tell).await {
        Ok(waiting) => {
            console.line(format_args!(
                "{waiting} wait for documents, {unheard} of them with nobody whom mail reaches"
            ));
            if unheard == 0 {
                Outcome::Well
            } else {
                Outcome::Broken
            }
        }
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    }
}

fn line(found: &Undeliverable, with_phone: bool) -> String {
    let Undeliverable {
        review,
        due,
        addresses,
        phone,
    } = found;
    let known = match addresses {
        0 => "there is no address".to_owned(),
        1 => "its address takes no mail".to_owned(),
        more => format!("none of its {more} addresses takes mail"),
    };
    let phone = match phone {
        None => ", and there is no phone number".to_owned(),
        Some(_) if !with_phone => String::new(),
        Some((phone, None)) => format!("; call {phone}"),
        Some((phone, Some(extension))) => format!("; call {phone}, extension {extension}"),
    };
    format!("{review}: due {due}, {known}{phone}")
}

#[cfg(test)]
mod tests {
    use domain::{Command, DocumentAsk, DocumentStep, PersonKey, Suppression, SuppressionCause};
    use jiff::Timestamp;
    use testkit::{Filer, MemoryStore, Op, Story, sample};
    use workflow::ports::{Commits as _, Suppressions as _};

    use super::*;

    async fn told(store: &MemoryStore, with_phone: bool) -> (Outcome, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let args = UndeliverableArgs { with_phone };
        let outcome = run(store, &sample::hash_key(), &args, &mut console).await;
        (outcome, String::from_utf8(out).expect("text"))
    }

    #[tokio::test]
    async fn only_whose_clock_runs_and_whom_no_letter_reaches_is_named_and_the_phone_when_asked_for()
     {
        let story = Story::accepted(MemoryStore::default()).await;
        let (review, _) = story.submitted("one").await;
        let (quiet, _) = story.submitted("quiet").await;
        let ask = DocumentStep::Request {
            message: None,
            items: vec![DocumentAsk {
                what: "The EHR extract of 2024".parse().expect("a line"),
                kind: None,
            }],
            last_day: None,
        };
        let reviewer = Filer::new(sample::reviewer(), 4);
        let commit = reviewer.does(&review, Command::Documents(ask));
        story.ports.commit(&commit).await.expect("an answer");
        let (outcome, out) = told(&story.ports, true).await;
        let none = "1 wait for documents, 0 of them with nobody whom mail reaches\n";
        assert_eq!((outcome, out.as_str()), (Outcome::Well, none));

        let contact = review.people.contact.as_ref().expect("a contact");
        let addresses = contact.email.iter().chain(&review.outline.owner.email);
        let addresses: Vec<_> = addresses.chain(&review.people.staff).collect();
        for (number, address) in addresses.iter().enumerate() {
            let (outcome, _) = told(&story.ports, true).await;
            assert_eq!(outcome, Outcome::Well, "{number} of them take no mail");
            let why = Suppression {
                since: sample::in_window(),
                cause: SuppressionCause::Bounced,
            };
            let person = PersonKey::of(&sample::hash_key(), address);
            let done = story.ports.suppress(&person, why).await;
            done.expect("an answer");
        }
        let (outcome, out) = told(&story.ports, false).await;
        assert_eq!(outcome, Outcome::Broken, "{out}");
        let id = &review.outline.id;
        assert!(out.starts_with(&format!("{id}: due 2")), "{out}");
        let phone = contact.phone.as_ref().expect("a phone").to_string();
        assert!(!out.contains(&phone), "{out}");
        assert!(!out.contains(quiet.outline.id.as_str()), "{out}");
        let (_, out) = told(&story.ports, true).await;
        assert!(out.contains(&format!("; call {phone}")), "{out}");
        story.ports.plan.fail(Op::Suppressed, 1);
        assert_eq!(told(&story.ports, true).await.0, Outcome::NotDone);
    }

    #[test]
    fn who_has_neither_address_nor_phone_is_said_to_have_none() {
        let found = Undeliverable {
            review: domain::ReviewId::from_random("2024".parse().expect("a year"), 64),
            due: Timestamp::UNIX_EPOCH,
            addresses: 0,
            phone: None,
        };
        let line = line(&found, true);
        let none = "there is no address, and there is no phone number";
        assert!(line.ends_with(none), "{line}");
    }
}
