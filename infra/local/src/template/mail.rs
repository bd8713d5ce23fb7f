//! SES: the identities that mail may be sent as, and configuration sets.

use super::{
    Fault,
    properties::{NoEffect, Properties},
    yaml::Node,
};

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
