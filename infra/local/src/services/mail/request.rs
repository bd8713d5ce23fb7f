//! One `SendRawEmail` request, checked as SES checks it: what SES would refuse must not work on one machine either.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{Address, Message, MessageParser};

use crate::services::{MailPlan, REGION};

/// The API's own limits.
const MOST_RECIPIENTS: usize = 50;
const LARGEST: usize = 10 * 1024 * 1024;
const LONGEST_TAG: usize = 255;

/// A refusal in the API's words: a code that the SDK turns into an error type, and a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{code}: {message}")]
pub(super) struct Refused {
    pub code: &'static str,
    pub message: String,
}

fn refused<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refused> {
    Err(Refused {
        code,
        message: message.into(),
    })
}

/// The decoded parameters of a call, in order.
pub(super) type Parameters = Vec<(String, String)>;

/// A mail that SES would take.
#[derive(Debug)]
pub(super) struct RawMail {
    pub raw: Vec<u8>,
    pub source: String,
    pub destinations: Vec<String>,
    pub subject: String,
    pub tags: BTreeMap<String, String>,
    pub configuration_set: Option<String>,
}

impl RawMail {
    /// Reads and checks the call's parameters.
    ///
    /// # Errors
    /// [`Refused`] for anything that SES refuses, and for the few things that it takes and this stand-in does not.
    pub(super) fn read(parameters: &Parameters, plan: &MailPlan) -> Result<Self, Refused> {
        let one = |name: &str| {
            parameters
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        let Some(data) = one("RawMessage.Data") else {
            return refused("ValidationError", "RawMessage.Data is missing");
        };
        let Ok(raw) = STANDARD.decode(data) else {
            return refused("SerializationException", "RawMessage.Data is not base64");
        };
        if raw.len() > LARGEST {
            return refused(
                "InvalidParameterValue",
                format!("Message length is more than {LARGEST} bytes long"),
            );
        }
        let Some(message) = MessageParser::default().parse(&raw) else {
            return refused(
                "InvalidParameterValue",
                "RawMessage.Data is no mail: it has no headers",
            );
        };
        let from = addresses(message.from());
        let Some(source) = one("Source").map(bare).or_else(|| from.first().cloned()) else {
            return refused("InvalidParameterValue", "Missing required header 'From'.");
        };
        for sender in from.iter().chain([&source]) {
            verified(sender, &plan.identities)?;
        }
        let destinations = destinations(parameters, &message)?;
        let configuration_set = one("ConfigurationSetName").map(str::to_owned);
        if let Some(set) = &configuration_set
            && !plan.configuration_sets.contains(set)
        {
            let message = format!("Configuration set <{set}> does not exist.");
            return refused("ConfigurationSetDoesNotExist", message);
        }
        if let Some(header) = message
            .headers_raw()
            .map(|(name, _)| name)
            .find(|name| starts_with_ses(name))
        {
            let message = format!(
                "{header}: on one machine tags and configuration sets are taken as parameters only"
            );
            return refused("InvalidParameterValue", message);
        }
        let subject = message.subject().unwrap_or_default().to_owned();
        let tags = tags(parameters)?;
        Ok(Self {
            source,
            destinations,
            subject,
            tags,
            configuration_set,
            raw,
        })
    }
}

fn starts_with_ses(header: &str) -> bool {
    header
        .get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-ses-"))
}

fn verified(sender: &str, identities: &[String]) -> Result<(), Refused> {
    let domain = sender.rsplit_once('@').map_or("", |(_, domain)| domain);
    let known = identities.iter().any(|identity| {
        identity.eq_ignore_ascii_case(sender) || identity.eq_ignore_ascii_case(domain)
    });
    if known {
        return Ok(());
    }
    let region = REGION.to_uppercase();
    refused(
        "MessageRejected",
        format!(
            "Email address is not verified. The following identities failed the check in region {region}: {sender}"
        ),
    )
}

/// The recipients named by the call, otherwise those of the headers.
fn destinations(parameters: &Parameters, message: &Message<'_>) -> Result<Vec<String>, Refused> {
    let named: Vec<String> = members(parameters, "Destinations")
        .map(|(_, address)| bare(address))
        .collect();
    let destinations = if named.is_empty() {
        [message.to(), message.cc(), message.bcc()]
            .into_iter()
            .flat_map(addresses)
            .collect()
    } else {
        named
    };
    if destinations.is_empty() {
        return refused("InvalidParameterValue", "Missing required header 'To'.");
    }
    if destinations.len() > MOST_RECIPIENTS {
        return refused(
            "MessageRejected",
            format!("Recipient count exceeds {MOST_RECIPIENTS}."),
        );
    }
    match destinations
        .iter()
        .find(|address| !looks_like_an_address(address))
    {
        Some(_) => refused("InvalidParameterValue", "Illegal address"),
        None => Ok(destinations),
    }
}

fn tags(parameters: &Parameters) -> Result<BTreeMap<String, String>, Refused> {
    let mut tags = BTreeMap::new();
    for (rest, name) in members(parameters, "Tags") {
        let Some(number) = rest.strip_suffix(".Name") else {
            continue;
        };
        let key = format!("Tags.member.{number}.Value");
        let value = parameters
            .iter()
            .find(|(other, _)| *other == key)
            .map_or("", |(_, value)| value.as_str());
        for text in [name, value] {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
            if text.is_empty() || text.len() > LONGEST_TAG || !text.bytes().all(allowed) {
                let message = format!(
                    "The message tag '{text}' is not 1 to {LONGEST_TAG} ASCII letters, numbers, underscores or dashes"
                );
                return refused("InvalidParameterValue", message);
            }
        }
        if tags.insert(name.to_owned(), value.to_owned()).is_some() {
            return refused(
                "InvalidParameterValue",
                format!("The message tag '{name}' is given twice"),
            );
        }
    }
    Ok(tags)
}

/// The parameters below `list.member.`: what follows that, and the value.
fn members<'p>(
    parameters: &'p Parameters,
    list: &'p str,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    parameters.iter().filter_map(move |(key, value)| {
        let rest = key.strip_prefix(list)?.strip_prefix(".member.")?;
        Some((rest, value.as_str()))
    })
}

fn addresses(header: Option<&Address<'_>>) -> Vec<String> {
    let Some(header) = header else {
        return Vec::new();
    };
    header
        .iter()
        .filter_map(|one| one.address())
        .map(str::to_owned)
        .collect()
}

/// `Frankie <filer@example.org>` → `filer@example.org`.
fn bare(address: &str) -> String {
    let inner = address
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.strip_suffix('>'));
    inner.unwrap_or(address).trim().to_owned()
}

fn looks_like_an_address(address: &str) -> bool {
    address.is_ascii()
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || ",<>".contains(c))
        && address
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters beside the mail itself.
    type More<'a> = &'a [(&'a str, &'a str)];

    fn plan() -> MailPlan {
        MailPlan {
            identities: vec!["example.org".to_owned()],
            configuration_sets: vec!["notices".to_owned()],
            ..MailPlan::default()
        }
    }

    fn call(mail: &str, more: More<'_>) -> Result<RawMail, Refused> {
        let mut parameters = vec![("RawMessage.Data".to_owned(), STANDARD.encode(mail))];
        parameters.extend(
            more.iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned())),
        );
        RawMail::read(&parameters, &plan())
    }

    const MAIL: &str = "From: Review <review@example.org>\r\nTo: Frankie <filer@example.org>\r\nSubject: Hi\r\n\r\nx\r\n";

    #[test]
    fn headers_stand_in_for_parameters_that_are_not_given() {
        let mail = call(MAIL, &[]).expect("taken");
        assert_eq!(
            (mail.source.as_str(), mail.subject.as_str()),
            ("review@example.org", "Hi")
        );
        assert_eq!(mail.destinations, ["filer@example.org"]);
    }

    #[test]
    fn parameters_win_and_tags_are_read() {
        let more = [
            ("Source", "Review <bounces@example.org>"),
            ("Destinations.member.1", "staff@example.org"),
            ("ConfigurationSetName", "notices"),
            ("Tags.member.1.Name", "notice"),
            ("Tags.member.1.Value", "01J-3-ab_c"),
        ];
        let mail = call(MAIL, &more).expect("taken");
        assert_eq!(
            (mail.source.as_str(), mail.destinations[0].as_str()),
            ("bounces@example.org", "staff@example.org")
        );
        assert_eq!(mail.tags["notice"], "01J-3-ab_c");
        assert_eq!(mail.configuration_set.as_deref(), Some("notices"));
    }

    #[test]
    fn what_ses_refuses_is_refused_by_the_same_code() {
        let many: Vec<(String, String)> = (1..=51)
            .map(|n| {
                (
                    format!("Destinations.member.{n}"),
                    format!("p{n}@example.org"),
                )
            })
            .collect();
        let many: Vec<(&str, &str)> = many
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        let stranger = MAIL.replace("review@example.org", "review@elsewhere.test");
        let cases: [(&str, More<'_>, &str); 9] = [
            (&stranger, &[], "MessageRejected"),
            (MAIL, &[("Source", "me@elsewhere.test")], "MessageRejected"),
            (MAIL, &many, "MessageRejected"),
            (
                MAIL,
                &[("ConfigurationSetName", "other")],
                "ConfigurationSetDoesNotExist",
            ),
            (
                MAIL,
                &[
                    ("Tags.member.1.Name", "notice"),
                    ("Tags.member.1.Value", "a b"),
                ],
                "InvalidParameterValue",
            ),
            (
                MAIL,
                &[("Tags.member.1.Name", "notice")],
                "InvalidParameterValue",
            ),
            (
                MAIL,
                &[("Destinations.member.1", "no address")],
                "InvalidParameterValue",
            ),
            (
                "From: review@example.org\r\n\r\nto nobody",
                &[],
                "InvalidParameterValue",
            ),
            (
                &MAIL.replace("Subject", "X-SES-MESSAGE-TAGS: a=b\r\nSubject"),
                &[],
                "InvalidParameterValue",
            ),
        ];
        for (mail, more, code) in cases {
            assert_eq!(call(mail, more).expect_err(mail).code, code, "{mail}");
        }
    }
}
