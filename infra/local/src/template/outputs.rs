//! `Outputs`: what a deployment tells whoever works with it; on one machine it stands beside where everything answers.

use std::collections::BTreeMap;

use super::{
    Fault,
    intrinsics::Scope,
    properties::{NoEffect, Properties},
    yaml::Node,
};

const WITHOUT_EFFECT: &[NoEffect] = &[
    ("Description", "for readers"),
    ("Export", "nothing here imports it"),
];

/// The outputs that their conditions let be, by name. A wrong Ref stops a deployment, wherever it stands.
pub(super) fn read(
    node: Option<&Node>,
    scope: &Scope<'_>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut outputs = BTreeMap::new();
    for (name, node) in node.map_or(Ok(&[][..]), Node::map)? {
        let mut output = Properties::of(node)?;
        output.no_effect(WITHOUT_EFFECT);
        let condition = output.take("Condition");
        let value = scope.value(output.need("Value")?)?;
        output.finish()?;
        let exists = condition.map_or(Ok(true), |condition| {
            scope.holds(condition.text()?, condition)
        })?;
        if exists {
            outputs.insert(name.clone(), value.text()?.to_owned());
        }
    }
    Ok(outputs)
}
