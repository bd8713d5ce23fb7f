//! Reads `infra/template.yaml` strictly: what would be deployed is what runs here, or the stack does not start.
//!
//! Every resource type, and every property under a function, event, queue, table, topic, bucket, rule, schedule or API, is taken by a reader below,
//! or listed there as without effect on one machine, with the reason. Anything else is a [`TemplateError`] that names
//! file, line and property: a silently ignored line would make the local run a different program than the deployed
//! one. The tempting alternative, a serde model that skips unknown fields, fails exactly there.

mod api;
mod buckets;
mod events;
mod functions;
mod intrinsics;
mod mail;
mod names;
mod outputs;
mod parameters;
mod plan;
mod policies;
mod properties;
mod queues;
mod rules;
mod schedules;
mod tables;
#[cfg(test)]
mod tests;
mod topics;
mod yaml;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

pub(crate) use plan::{
    FunctionPlan, JwtAuthorizer, Plan, QueueSourcePlan, RoutePlan, StartingPosition,
    StreamSourcePlan, World,
};

use crate::permissions;
use crate::services::{ServicesPlan, queue_arn};
use intrinsics::Scope;
use names::ResourceType;
use properties::{NoEffect, Properties};
use yaml::Node;

/// Why a template is not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    /// The file cannot be read.
    #[error("the template {path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something in it is wrong, or not known here.
    #[error("{path}:{line}: {place}: {reason}", line = fault.line, place = fault.place, reason = fault.reason)]
    Refused {
        /// The file.
        path: PathBuf,
        /// Where and why.
        fault: Fault,
    },
}

/// One thing that is wrong with a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// The property, by its path from the root.
    pub place: String,
    /// A sentence that says what to do.
    pub reason: String,
}

/// A template that was read, but not yet given its parameters.
pub(crate) struct Template {
    path: PathBuf,
    root: Node,
}

/// One resource that its condition lets be.
struct Resource<'a> {
    id: &'a str,
    kind: ResourceType,
    node: &'a Node,
}

const TOP_LEVEL: &[NoEffect] = &[
    ("AWSTemplateFormatVersion", "there is only one"),
    ("Description", "for readers"),
    ("Metadata", "for the console's forms"),
];

const RESOURCE_LEVEL: &[NoEffect] = &[
    (
        "DependsOn",
        "everything here starts in an order that satisfies any template",
    ),
    (
        "DeletionPolicy",
        "nothing here is ever deleted by the template",
    ),
    (
        "UpdateReplacePolicy",
        "nothing here is ever replaced by the template",
    ),
    ("Metadata", "says how sam builds; here cargo does"),
];

impl Template {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read or is not YAML.
    pub(crate) fn read(path: &Path) -> Result<Self, TemplateError> {
        let source = std::fs::read_to_string(path).map_err(|source| TemplateError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, &source)
    }

    /// Reads `source` as if it stood in `path`.
    pub(crate) fn parse(path: &Path, source: &str) -> Result<Self, TemplateError> {
        let path = path.to_owned();
        match yaml::parse(source) {
            Ok(root) => Ok(Self { path, root }),
            Err(fault) => Err(TemplateError::Refused { path, fault }),
        }
    }

    /// As it is written, nothing resolved.
    pub(crate) fn as_written(&self) -> serde_json::Value {
        self.root.to_json()
    }

    /// Whether a value may be given to `parameter`.
    pub(crate) fn has_parameter(&self, parameter: &str) -> bool {
        self.root
            .get("Parameters")
            .is_some_and(|parameters| parameters.get(parameter).is_some())
    }

    /// What the template asks for in this `world`.
    ///
    /// # Errors
    /// The first thing in it that is wrong, or that the local stack neither runs nor knows to be without effect.
    pub(crate) fn plan(&self, world: &World<'_>) -> Result<Plan, TemplateError> {
        self.resolve(world).map_err(|fault| TemplateError::Refused {
            path: self.path.clone(),
            fault,
        })
    }

    fn resolve(&self, world: &World<'_>) -> Result<Plan, Fault> {
        let mut top = Properties::of(&self.root)?;
        top.no_effect(TOP_LEVEL);
        let transform = top.need("Transform")?;
        if transform.text()? != "AWS::Serverless-2016-10-31" {
            return Err(
                transform.fault("only the SAM transform AWS::Serverless-2016-10-31 is known here")
            );
        }
        let declared = top.take("Parameters");
        let parameters = parameters::values(declared, world)?;
        let conditions = top.take("Conditions");
        let globals = top.take("Globals");
        let resources = top.need("Resources")?;
        let outputs = top.take("Outputs");
        top.finish()?;

        let mut scope = Scope {
            parameters,
            lists: parameters::lists(declared),
            conditions,
            resources: BTreeMap::new(),
        };
        let mut present = Vec::new();
        for (id, node) in resources.map()? {
            let kind = ResourceType::read(Properties::of(node)?.need("Type")?)?;
            let exists = node.get("Condition").map_or(Ok(true), |condition| {
                scope.holds(condition.text()?, condition)
            })?;
            if exists {
                let named = names::name(id, kind, node.get("Properties"), &scope, world)?;
                scope.resources.insert(id.clone(), named);
                present.push(Resource { id, kind, node });
            }
        }
        let outputs = outputs::read(outputs, &scope)?;
        let plan = self.gather(&present, globals, &scope)?;
        Ok(Plan { outputs, ..plan })
    }

    fn gather(
        &self,
        present: &[Resource<'_>],
        globals: Option<&Node>,
        scope: &Scope<'_>,
    ) -> Result<Plan, Fault> {
        let globals = functions::globals(globals, scope)?;
        let mut plan = Plan {
            services: ServicesPlan::default(),
            functions: Vec::new(),
            routes: Vec::new(),
            queue_sources: Vec::new(),
            stream_sources: Vec::new(),
            outputs: BTreeMap::new(),
            schedules: Vec::new(),
        };
        let mut served = None;
        let mut events = Vec::new();
        // These name other resources, and are read once all of those are known.
        let (mut destinations, mut subscriptions, mut schedules) = (vec![], vec![], vec![]);
        let (mut scans, mut rules) = (vec![], vec![]);
        for resource in present {
            let mut entries = Properties::of(resource.node)?;
            entries.need("Type")?;
            entries.take("Condition");
            entries.no_effect(RESOURCE_LEVEL);
            let properties = match entries.take("Properties") {
                Some(properties) => scope.value(properties)?,
                None => resource.node.with(yaml::Kind::Map(Vec::new())),
            };
            entries.finish()?;
            match resource.kind {
                ResourceType::Function => {
                    let folder = self.path.parent().unwrap_or(Path::new(""));
                    let function =
                        functions::read(resource.id, &properties, &globals, folder, scope)?;
                    events.extend(
                        function
                            .events
                            .map(|node| (function.plan.name.clone(), node)),
                    );
                    plan.functions.push(function.plan);
                }
                ResourceType::HttpApi => {
                    if served
                        .replace(api::read(resource.id, &properties)?)
                        .is_some()
                    {
                        return Err(resource
                            .node
                            .fault("this is a second API; one machine serves one"));
                    }
                }
                ResourceType::Table => plan
                    .services
                    .tables
                    .push(tables::read(resource.id, &properties)?),
                ResourceType::Queue => plan
                    .services
                    .queues
                    .push(queues::read(resource.id, &properties)?),
                ResourceType::MailIdentity => plan
                    .services
                    .mail
                    .identities
                    .push(mail::identity(&properties)?),
                ResourceType::ConfigurationSet => {
                    let set = mail::configuration_set(resource.id, &properties)?;
                    plan.services.mail.configuration_sets.push(set);
                }
                ResourceType::EventDestination => destinations.push(properties),
                ResourceType::Topic => plan
                    .services
                    .topics
                    .push(topics::read(resource.id, &properties)?),
                ResourceType::Subscription => subscriptions.push(properties),
                ResourceType::Schedule => schedules.push((resource.id, properties)),
                ResourceType::Bucket => {
                    let name = scope.resources[resource.id].reference.as_str();
                    let bucket = buckets::read(name, &properties)?;
                    plan.services.buckets.buckets.push(bucket);
                }
                ResourceType::MalwareScan => scans.push((resource.id, properties)),
                ResourceType::Rule => rules.push((resource.id, properties)),
                ResourceType::Elsewhere => {}
            }
        }
        for node in &destinations {
            let destination = mail::event_destination(node, &plan)?;
            plan.services.mail.event_destinations.extend(destination);
        }
        for node in &subscriptions {
            topics::subscribe(node, &mut plan)?;
        }
        for (id, node) in &scans {
            let scan = buckets::scan(id, node, &plan)?;
            plan.services.buckets.scans.push(scan);
        }
        for (id, node) in &rules {
            let rule = rules::read(id, node, &plan)?;
            plan.services.rules.extend(rule);
        }
        for (id, node) in &schedules {
            plan.schedules.push(schedules::read(id, node, &plan)?);
        }
        for (function, node) in &events {
            events::read(function, node, served.as_ref(), &mut plan)?;
        }
        for source in &plan.queue_sources {
            grant(
                &mut plan.functions,
                &source.function,
                [permissions::of_queue_source()],
            );
        }
        for source in &plan.stream_sources {
            let failures = source.on_failure.as_deref().map(queue_arn);
            let implied = permissions::of_stream_source(failures.as_deref());
            grant(&mut plan.functions, &source.function, implied);
        }
        Ok(plan)
    }
}

/// Adds to a function's policy what SAM adds for an event.
fn grant(
    functions: &mut [FunctionPlan],
    name: &str,
    implied: impl IntoIterator<Item = permissions::Statement>,
) {
    let function = functions.iter_mut().find(|one| one.name == name);
    if let Some(function) = function {
        function.policy.implied.extend(implied);
    }
}
