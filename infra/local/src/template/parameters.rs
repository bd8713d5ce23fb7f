//! Template parameters: the machine's values, else the defaults, held to what the template allows.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Fault,
    plan::World,
    properties::{NoEffect, Properties},
    yaml::Node,
};

const WITHOUT_EFFECT: &[NoEffect] = &[
    ("Description", "for readers"),
    ("ConstraintDescription", "for readers"),
    ("NoEcho", "the console's; values are never printed here"),
    (
        "AllowedPattern",
        "checked by CloudFormation, whose pattern language is another; values here come from the stack",
    ),
];

/// The value of every parameter of `declared`.
pub(super) fn values(
    declared: Option<&Node>,
    world: &World<'_>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut values = BTreeMap::new();
    for (name, node) in declared.map(Node::map).transpose()?.unwrap_or_default() {
        let mut parameter = Properties::of(node)?;
        parameter.no_effect(WITHOUT_EFFECT);
        let kind = parameter.need("Type")?;
        let default = parameter.take("Default").map(Node::text).transpose()?;
        let Some(value) = world.parameters.get(name).map(String::as_str).or(default) else {
            return Err(node
                .fault("this parameter has no Default, and the local stack has no value for it"));
        };
        match kind.text()? {
            // As in CloudFormation, one text with commas; Ref makes a list of it.
            "CommaDelimitedList" => {}
            "String" => {
                let low = parameter.number("MinLength", 0, u32::MAX, 0)?;
                let high = parameter.number("MaxLength", 0, u32::MAX, u32::MAX)?;
                let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
                if !(low..=high).contains(&length) {
                    return Err(node.fault(format!(
                        "its value has {length} characters, allowed are {low} to {high}"
                    )));
                }
            }
            "Number" => {
                let low = parameter.number("MinValue", 0, u32::MAX, 0)?;
                let high = parameter.number("MaxValue", 0, u32::MAX, u32::MAX)?;
                node.with_text(value.to_owned()).number(low, high)?;
            }
            other => {
                return Err(kind.fault(format!(
                    "{other} is not read here; String, Number and CommaDelimitedList are"
                )));
            }
        }
        if let Some(allowed) = parameter.take("AllowedValues") {
            let allowed: Vec<_> = allowed
                .list()?
                .iter()
                .map(Node::text)
                .collect::<Result<_, _>>()?;
            if !allowed.contains(&value) {
                return Err(node.fault(format!(
                    "its value is {value}; allowed are {}",
                    allowed.join(", ")
                )));
            }
        }
        parameter.finish()?;
        values.insert(name.clone(), value.to_owned());
    }
    Ok(values)
}

/// Which of them are lists.
pub(super) fn lists(declared: Option<&Node>) -> BTreeSet<String> {
    let declared = declared.map(Node::map).and_then(Result::ok);
    let lists = declared.unwrap_or_default().iter().filter(|(_, node)| {
        let kind = node.get("Type").map(Node::text);
        matches!(kind, Some(Ok("CommaDelimitedList")))
    });
    lists.map(|(name, _)| name.clone()).collect()
}
