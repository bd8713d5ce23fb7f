//! What becomes of a mail, as its addresses say.
//!
//! | local part begins with | happens |
//! |---|---|
//! | `reject` | Send, Reject: SES took it, found something bad in it and did not try; so for all its recipients |
//! | `bounce` | Send, Bounce (Permanent): there is no such mailbox |
//! | `soft-bounce` | Send, Bounce (Transient), no Delivery: SES tried, and gave up on a full mailbox |
//! | `complaint` | Send, Delivery, Complaint |
//! | anything else | Send, Delivery |

use serde::{Deserialize, Serialize};

/// What can be told of a mail, by SES's names.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub enum MailEvent {
    /// SES took it and will try.
    Send,
    /// SES took it and will not try.
    Reject,
    /// The recipient's server took it.
    Delivery,
    /// The recipient's server will not take it.
    Bounce,
    /// The recipient called it spam.
    Complaint,
}

/// One thing that happened to a mail.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub event: MailEvent,
    /// Of a bounce: whether the address is good for nothing (true), or only this time (false).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permanent: Option<bool>,
    /// To whom.
    pub recipients: Vec<String>,
}

impl Happening {
    /// A few words for a person: `Bounce (Permanent)`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self.permanent {
            Some(true) => format!("{:?} (Permanent)", self.event),
            Some(false) => format!("{:?} (Transient)", self.event),
            None => format!("{:?}", self.event),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Rejected,
    Bounced,
    SoftBounced,
    Complained,
    Delivered,
}

/// What happens to a mail to these recipients, first to last.
pub(super) fn of(destinations: &[String]) -> Vec<Happening> {
    let fates: Vec<_> = destinations.iter().map(|to| (to, fate(to))).collect();
    let those = |wanted: &[Fate]| -> Vec<String> {
        let those = fates.iter().filter(|(_, fate)| wanted.contains(fate));
        those.map(|(to, _)| (*to).clone()).collect()
    };
    let happening = |event, permanent, recipients| Happening {
        event,
        permanent,
        recipients,
    };
    let mut happenings = vec![happening(MailEvent::Send, None, destinations.to_vec())];
    if !those(&[Fate::Rejected]).is_empty() {
        happenings.push(happening(MailEvent::Reject, None, destinations.to_vec()));
        return happenings;
    }
    let later = [
        (
            MailEvent::Delivery,
            None,
            those(&[Fate::Delivered, Fate::Complained]),
        ),
        (MailEvent::Bounce, Some(true), those(&[Fate::Bounced])),
        (MailEvent::Bounce, Some(false), those(&[Fate::SoftBounced])),
        (MailEvent::Complaint, None, those(&[Fate::Complained])),
    ];
    let later = later
        .into_iter()
        .filter(|(_, _, recipients)| !recipients.is_empty());
    happenings.extend(
        later.map(|(event, permanent, recipients)| happening(event, permanent, recipients)),
    );
    happenings
}

fn fate(address: &str) -> Fate {
    let begins = [
        ("reject", Fate::Rejected),
        ("bounce", Fate::Bounced),
        ("soft-bounce", Fate::SoftBounced),
        ("complaint", Fate::Complained),
    ];
    let address = address.to_ascii_lowercase();
    begins
        .into_iter()
        .find(|(begin, _)| address.starts_with(begin))
        .map_or(Fate::Delivered, |(_, fate)| fate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(destinations: &[&str]) -> Vec<String> {
        let destinations: Vec<_> = destinations.iter().map(|to| (*to).to_owned()).collect();
        let tell = |one: &Happening| format!("{}: {}", one.in_words(), one.recipients.join(" "));
        of(&destinations).iter().map(tell).collect()
    }

    #[test]
    fn an_address_says_what_becomes_of_its_mail() {
        let table: [(&str, &[&str]); 6] = [
            ("filer@x.test", &["Send", "Delivery"]),
            ("bounce+7@x.test", &["Send", "Bounce (Permanent)"]),
            ("Soft-Bounce@x.test", &["Send", "Bounce (Transient)"]),
            ("complaint@x.test", &["Send", "Delivery", "Complaint"]),
            ("rejected@x.test", &["Send", "Reject"]),
            ("no.bounce@x.test", &["Send", "Delivery"]),
        ];
        for (address, expected) in table {
            let expected: Vec<_> = expected
                .iter()
                .map(|what| format!("{what}: {address}"))
                .collect();
            assert_eq!(told(&[address]), expected);
        }
    }

    #[test]
    fn each_recipient_of_one_mail_has_a_fate_but_a_rejection_is_for_all() {
        let expected = [
            "Send: a@x.test bounce@x.test complaint@x.test",
            "Delivery: a@x.test complaint@x.test",
            "Bounce (Permanent): bounce@x.test",
            "Complaint: complaint@x.test",
        ];
        assert_eq!(
            told(&["a@x.test", "bounce@x.test", "complaint@x.test"]),
            expected
        );
        let expected = [
            "Send: a@x.test reject@x.test",
            "Reject: a@x.test reject@x.test",
        ];
        assert_eq!(told(&["a@x.test", "reject@x.test"]), expected);
    }
}
