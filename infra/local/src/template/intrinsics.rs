//! Short and long forms of CloudFormation's functions, evaluated: Ref, Sub, GetAtt, Join, If, Equals, Not, And, Or.
//!
//! The others (FindInMap, ImportValue, …) are refused by name. What comes out holds no function any more; a value that
//! is AWS::NoValue is gone together with its key.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Fault,
    names::Named,
    yaml::{Kind, Node},
};
use crate::services::{ACCOUNT, REGION};

/// What names mean inside the template.
pub(crate) struct Scope<'a> {
    pub(crate) parameters: BTreeMap<String, String>,
    /// Parameters that Ref makes lists of, at their commas.
    pub(crate) lists: BTreeSet<String>,
    pub(crate) conditions: Option<&'a Node>,
    pub(crate) resources: BTreeMap<String, Named>,
}

impl Scope<'_> {
    /// The node without functions; None when it is AWS::NoValue.
    pub(crate) fn resolve(&self, node: &Node) -> Result<Option<Node>, Fault> {
        if let Some((function, argument)) = function_of(node) {
            return self.call(node, &function, &argument);
        }
        let kind = match &node.kind {
            Kind::Text { .. } => node.kind.clone(),
            Kind::List(items) => {
                let items = items.iter().map(|item| self.resolve(item));
                Kind::List(
                    items
                        .filter_map(Result::transpose)
                        .collect::<Result<_, _>>()?,
                )
            }
            Kind::Map(entries) => {
                let mut resolved = Vec::with_capacity(entries.len());
                for (name, value) in entries {
                    if let Some(value) = self.resolve(value)? {
                        resolved.push((name.clone(), value));
                    }
                }
                Kind::Map(resolved)
            }
        };
        Ok(Some(node.with(kind)))
    }

    /// The node without functions, where AWS::NoValue cannot stand.
    pub(crate) fn value(&self, node: &Node) -> Result<Node, Fault> {
        self.resolve(node)?
            .ok_or_else(|| node.fault("AWS::NoValue cannot stand here"))
    }

    /// Whether the condition called `name` holds.
    pub(crate) fn holds(&self, name: &str, at: &Node) -> Result<bool, Fault> {
        let condition = self.conditions.and_then(|conditions| conditions.get(name));
        let condition =
            condition.ok_or_else(|| at.fault(format!("no condition is called {name}")))?;
        self.condition(condition)
    }

    fn call(&self, node: &Node, function: &str, argument: &Node) -> Result<Option<Node>, Fault> {
        match function {
            "Ref" => {
                let name = argument.text()?;
                if name == "AWS::NoValue" {
                    return Ok(None);
                }
                let value = self.reference(name, node)?;
                if self.lists.contains(name) {
                    let parts = value
                        .split(',')
                        .map(|part| node.with_text(part.trim().to_owned()));
                    return Ok(Some(node.with(Kind::List(parts.collect()))));
                }
                Ok(Some(node.with_text(value)))
            }
            "GetAtt" => {
                let (resource, attribute) = match &argument.kind {
                    Kind::List(parts) if parts.len() == 2 => (parts[0].text()?, parts[1].text()?),
                    Kind::Text { .. } | Kind::List(_) | Kind::Map(_) => argument
                        .text()?
                        .split_once('.')
                        .ok_or_else(|| node.fault("GetAtt takes Resource.Attribute"))?,
                };
                Ok(Some(
                    node.with_text(self.attribute(resource, attribute, node)?),
                ))
            }
            "Sub" => self.sub(node, argument).map(Some),
            "Join" => {
                let [between, parts] = argument.list()? else {
                    return Err(node.fault("Join takes a text and a list"));
                };
                let parts = self.value(parts)?;
                let parts: Vec<_> = parts
                    .list()?
                    .iter()
                    .map(Node::text)
                    .collect::<Result<_, _>>()?;
                Ok(Some(node.with_text(parts.join(between.text()?))))
            }
            "If" => {
                let [condition, then, otherwise] = argument.list()? else {
                    return Err(node.fault("If takes a condition's name and two values"));
                };
                let chosen = if self.holds(condition.text()?, condition)? {
                    then
                } else {
                    otherwise
                };
                self.resolve(chosen)
            }
            other => Err(node.fault(format!("the function {other} is not evaluated here"))),
        }
    }

    fn reference(&self, name: &str, at: &Node) -> Result<String, Fault> {
        if let Some(value) = self.parameters.get(name) {
            return Ok(value.clone());
        }
        if let Some(value) = pseudo_parameter(name) {
            return Ok(value.to_owned());
        }
        match self.resources.get(name) {
            Some(resource) => Ok(resource.reference.clone()),
            None => Err(at.fault(format!("nothing in this template is called {name}"))),
        }
    }

    fn attribute(&self, resource: &str, attribute: &str, at: &Node) -> Result<String, Fault> {
        let Some(named) = self.resources.get(resource) else {
            return Err(at.fault(format!("no resource in this template is called {resource}")));
        };
        named.attributes.get(attribute).cloned().ok_or_else(|| {
            at.fault(format!(
                "{resource} has no attribute {attribute} that is known here"
            ))
        })
    }

    fn sub(&self, node: &Node, argument: &Node) -> Result<Node, Fault> {
        let (text, own) = match &argument.kind {
            Kind::List(parts) if parts.len() == 2 => {
                (parts[0].text()?, Some(self.value(&parts[1])?))
            }
            Kind::Text { .. } | Kind::List(_) | Kind::Map(_) => (argument.text()?, None),
        };
        let mut result = String::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            result.push_str(&rest[..start]);
            let end = rest[start..]
                .find('}')
                .ok_or_else(|| node.fault("a ${ here is never closed"))?
                + start;
            let name = &rest[start + 2..end];
            let local = own.as_ref().and_then(|own| own.get(name));
            if let Some(literal) = name.strip_prefix('!') {
                result.push_str(&format!("${{{literal}}}"));
            } else if let Some(value) = local {
                result.push_str(value.text()?);
            } else if let Some((resource, attribute)) = name.split_once('.') {
                result.push_str(&self.attribute(resource, attribute, node)?);
            } else {
                result.push_str(&self.reference(name, node)?);
            }
            rest = &rest[end + 1..];
        }
        result.push_str(rest);
        Ok(node.with_text(result))
    }

    fn condition(&self, node: &Node) -> Result<bool, Fault> {
        let Some((function, argument)) = function_of(node) else {
            return Err(node.fault("a condition is made of Equals, Not, And, Or and Condition"));
        };
        let all = || {
            argument
                .list()?
                .iter()
                .map(|part| self.condition(part))
                .collect::<Result<Vec<_>, _>>()
        };
        match function.as_str() {
            "Equals" => {
                let [left, right] = argument.list()? else {
                    return Err(node.fault("Equals takes two values"));
                };
                Ok(self.value(left)?.text()? == self.value(right)?.text()?)
            }
            "Not" => match all()?.as_slice() {
                [one] => Ok(!one),
                _ => Err(node.fault("Not takes a list of one condition")),
            },
            "And" => Ok(all()?.into_iter().all(|holds| holds)),
            "Or" => Ok(all()?.into_iter().any(|holds| holds)),
            "Condition" => self.holds(argument.text()?, node),
            other => Err(node.fault(format!("{other} is no part of a condition"))),
        }
    }
}

/// The function that a node calls, in its short form (a tag) or its long form (a map of one).
fn function_of(node: &Node) -> Option<(String, Node)> {
    if let Some(tag) = &node.tag {
        let argument = Node {
            tag: None,
            ..node.clone()
        };
        return Some((tag.clone(), argument));
    }
    match &node.kind {
        Kind::Map(entries) => match entries.as_slice() {
            [(name, argument)] if name == "Ref" || name == "Condition" => {
                Some((name.clone(), argument.clone()))
            }
            [(name, argument)] => name
                .strip_prefix("Fn::")
                .map(|name| (name.to_owned(), argument.clone())),
            _ => None,
        },
        Kind::Text { .. } | Kind::List(_) => None,
    }
}

fn pseudo_parameter(name: &str) -> Option<&'static str> {
    match name {
        "AWS::Region" => Some(REGION),
        "AWS::AccountId" => Some(ACCOUNT),
        "AWS::Partition" => Some("aws"),
        "AWS::URLSuffix" => Some("amazonaws.com"),
        "AWS::StackName" => Some("local"),
        _ => None,
    }
}
