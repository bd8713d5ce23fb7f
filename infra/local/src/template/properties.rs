//! A map read strictly: what nobody asked for is a fault, so that no line of the template is silently without effect.

use std::collections::BTreeSet;

use super::{Fault, yaml::Node};

/// A property that is deployed but changes nothing on one machine, and why.
pub(crate) type NoEffect = (&'static str, &'static str);

/// The entries of one map, of which each must be taken, or listed as without effect, before [`Properties::finish`].
pub(crate) struct Properties<'a> {
    entries: &'a [(String, Node)],
    place: &'a Node,
    taken: BTreeSet<&'static str>,
}

impl<'a> Properties<'a> {
    /// Reads `node`, which must be a map.
    pub(crate) fn of(node: &'a Node) -> Result<Self, Fault> {
        Ok(Self {
            entries: node.map()?,
            place: node,
            taken: BTreeSet::new(),
        })
    }

    /// The value of `name`, if it is there.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        self.taken.insert(name);
        self.entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, node)| node)
    }

    /// The value of `name`, which must be there.
    pub(crate) fn need(&mut self, name: &'static str) -> Result<&'a Node, Fault> {
        self.take(name)
            .ok_or_else(|| self.place.fault(format!("{name} is missing")))
    }

    /// The number under `name`, or `default`.
    pub(crate) fn number(
        &mut self,
        name: &'static str,
        low: u32,
        high: u32,
        default: u32,
    ) -> Result<u32, Fault> {
        self.take(name)
            .map_or(Ok(default), |node| node.number(low, high))
    }

    /// The truth under `name`, or `default`.
    pub(crate) fn truth(&mut self, name: &'static str, default: bool) -> Result<bool, Fault> {
        self.take(name).map_or(Ok(default), Node::truth)
    }

    /// Lets these be without effect here.
    pub(crate) fn no_effect(&mut self, list: &[NoEffect]) {
        self.taken.extend(list.iter().map(|(name, _)| *name));
    }

    /// Refuses what was neither taken nor listed.
    pub(crate) fn finish(self) -> Result<(), Fault> {
        match self.entries.iter().find(|(key, _)| !self.taken.contains(key.as_str())) {
            None => Ok(()),
            Some((key, node)) => Err(node.fault(format!(
                "the local stack does not know what to do with {key}: it neither runs it nor lists it as without \
                 effect here. Check the spelling; if it is right, it has to be added to infra/local/src/template"
            ))),
        }
    }
}
