//! SES: the identities that mail may be sent as, configuration sets, and who is told what becomes of mail.

use super::{
    Fault,
    plan::Plan,
    properties::{NoEffect, Properties},
    topics::topic_of,
    yaml::Node,
};
use crate::services::{EventDestinationPlan, MailEvent};

const IDENTITY_WITHOUT_EFFECT: &[NoEffect] = &[
    ("DkimAttributes", "mail never leaves this machine"),
    ("DkimSigningAttributes", "mail never leaves this machine"),
    ("FeedbackAttributes", "mail never leaves this machine"),
    ("MailFromAttributes", "mail never leaves this machine"),
    (
        "ConfigurationSetAttributes",
        "a default; every send here names its set",
    ),
    ("Tags", "for bills"),
];

const SET_WITHOUT_EFFECT: &[NoEffect] = &[
    ("DeliveryOptions", "mail never leaves this machine"),
    ("ReputationOptions", "mail never leaves this machine"),
    ("TrackingOptions", "mail never leaves this machine"),
    ("Tags", "for bills"),
];

/// Reads `AWS::SES::EmailIdentity`: a domain or an address.
pub(super) fn identity(node: &Node) -> Result<String, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(IDENTITY_WITHOUT_EFFECT);
    let identity = properties.need("EmailIdentity")?.text()?.to_owned();
    properties.finish()?;
    Ok(identity)
}

/// Reads `AWS::SES::ConfigurationSet`: its name.
pub(super) fn configuration_set(id: &str, node: &Node) -> Result<String, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(SET_WITHOUT_EFFECT);
    let name = properties
        .take("Name")
        .map_or(Ok(id), Node::text)?
        .to_owned();
    properties.finish()?;
    Ok(name)
}

/// Reads `AWS::SES::ConfigurationSetEventDestination`; the configuration sets and topics of `plan` are known. None: it
/// is not enabled.
pub(super) fn event_destination(
    node: &Node,
    plan: &Plan,
) -> Result<Option<EventDestinationPlan>, Fault> {
    let mut properties = Properties::of(node)?;
    let set = properties.need("ConfigurationSetName")?;
    let configuration_set = set.text()?.to_owned();
    if !plan
        .services
        .mail
        .configuration_sets
        .contains(&configuration_set)
    {
        return Err(set.fault(format!(
            "no configuration set of this template is called {configuration_set}; use !Ref"
        )));
    }
    let mut destination = Properties::of(properties.need("EventDestination")?)?;
    properties.finish()?;
    destination.no_effect(&[("Name", "for readers")]);
    let enabled = destination.truth("Enabled", false)?;
    let mut events = Vec::new();
    for node in destination.need("MatchingEventTypes")?.list()? {
        events.push(event(node)?);
    }
    let mut sns = Properties::of(destination.need("SnsDestination")?)?;
    destination.finish()?;
    let topic = topic_of(sns.need("TopicARN")?, plan)?;
    sns.finish()?;
    let plan = EventDestinationPlan {
        configuration_set,
        events,
        topic,
    };
    Ok(enabled.then_some(plan))
}

fn event(node: &Node) -> Result<MailEvent, Fault> {
    match node.text()? {
        "send" => Ok(MailEvent::Send),
        "reject" => Ok(MailEvent::Reject),
        "delivery" => Ok(MailEvent::Delivery),
        "bounce" => Ok(MailEvent::Bounce),
        "complaint" => Ok(MailEvent::Complaint),
        other => Err(node.fault(format!(
            "{other} never happens to mail here; send, reject, delivery, bounce and complaint do"
        ))),
    }
}
