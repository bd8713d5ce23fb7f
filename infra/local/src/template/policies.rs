//! A function's `Policies`: what it may do, in the one form that is evaluated here.
//!
//! Names of managed policies and SAM's policy templates are refused: what they allow stands in no file of ours. So are
//! wildcards in actions, conditions and denials, which a reader would have to trust and [`crate::permissions`] would have
//! to evaluate.

use super::{
    Fault,
    properties::{NoEffect, Properties},
    yaml::{Kind, Node},
};
use crate::permissions::Statement;

const WITHOUT_EFFECT: &[NoEffect] = &[("Sid", "for readers")];

/// Reads `Policies`.
pub(super) fn read(node: &Node) -> Result<Vec<Statement>, Fault> {
    let mut statements = Vec::new();
    for policy in node.list()? {
        if matches!(policy.kind, Kind::Text { .. }) {
            return Err(policy
                .fault("managed policies allow what no file here says; write its statements out"));
        }
        let mut entries = Properties::of(policy)?;
        let list = entries.need("Statement")?;
        if let Some(version) = entries.take("Version")
            && version.text()? != "2012-10-17"
        {
            return Err(version.fault("only the policy language of 2012-10-17 is known here"));
        }
        entries.finish()?;
        for node in list.list()? {
            statements.push(statement(node)?);
        }
    }
    Ok(statements)
}

fn statement(node: &Node) -> Result<Statement, Fault> {
    let mut entries = Properties::of(node)?;
    entries.no_effect(WITHOUT_EFFECT);
    let effect = entries.need("Effect")?;
    if effect.text()? != "Allow" {
        return Err(effect.fault("only Allow is evaluated here"));
    }
    let actions = one_or_more(entries.need("Action")?)?;
    let resources = one_or_more(entries.need("Resource")?)?;
    entries.finish()?;
    let named = |action: &str| {
        let parts = action.split_once(':');
        parts.is_some_and(|(service, name)| {
            let letters = |text: &str| {
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            };
            !service.is_empty() && !name.is_empty() && letters(service) && letters(name)
        })
    };
    if let Some(wrong) = actions.iter().find(|action| !named(action)) {
        return Err(node.fault(format!(
            "{wrong} names no single action; write each one out, as in dynamodb:GetItem"
        )));
    }
    Ok(Statement {
        actions,
        resources,
        line: node.line,
    })
}

fn one_or_more(node: &Node) -> Result<Vec<String>, Fault> {
    match &node.kind {
        Kind::List(items) => items
            .iter()
            .map(|item| Ok(item.text()?.to_owned()))
            .collect(),
        Kind::Text { .. } | Kind::Map(_) => Ok(vec![node.text()?.to_owned()]),
    }
}
