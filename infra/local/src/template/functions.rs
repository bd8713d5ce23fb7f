//! `AWS::Serverless::Function` and `Globals.Function`: a binary, its environment, its limits, and what calls it.

use std::{collections::BTreeMap, path::Path, time::Duration};

use super::{
    Fault,
    intrinsics::Scope,
    plan::FunctionPlan,
    policies,
    properties::{NoEffect, Properties},
    yaml::{Kind, Node},
};
use crate::permissions::Policy;

const WITHOUT_EFFECT: &[NoEffect] = &[
    ("Architectures", "it runs on the processor at hand"),
    ("Description", "for readers"),
    (
        "LoggingConfig",
        "logs are files in the data folder, kept until --fresh",
    ),
    ("Tracing", "traces are drawn by AWS"),
    (
        "KmsKeyArn",
        "the data folder is as safe as the disk it is on",
    ),
    ("Tags", "for bills"),
];

const BUILD_FIRST: &str =
    "functions are Rust binaries for provided.al2023; nothing else can be run here";

/// `Globals.Function`, which each function's own properties override.
pub(super) struct Globals {
    function: Option<Node>,
}

/// One function with its events, which are read once all else is known.
pub(super) struct Function {
    pub(super) plan: FunctionPlan,
    pub(super) events: Option<Node>,
}

/// Reads the `Globals` section.
pub(super) fn globals(node: Option<&Node>, scope: &Scope<'_>) -> Result<Globals, Fault> {
    let Some(node) = node else {
        return Ok(Globals { function: None });
    };
    let mut sections = Properties::of(node)?;
    let function = sections
        .take("Function")
        .map(|node| scope.value(node))
        .transpose()?;
    sections.finish()?;
    Ok(Globals { function })
}

/// Reads the function `id`, whose CodeUri is relative to `folder`.
pub(super) fn read(
    id: &str,
    own: &Node,
    globals: &Globals,
    folder: &Path,
    scope: &Scope<'_>,
) -> Result<Function, Fault> {
    let merged = globals
        .function
        .as_ref()
        .map_or_else(|| own.clone(), |global| merge(global, own));
    let mut properties = Properties::of(&merged)?;
    properties.no_effect(WITHOUT_EFFECT);
    properties.take("FunctionName");
    let runtime = properties.need("Runtime")?;
    if runtime.text()? != "provided.al2023" {
        return Err(runtime.fault(BUILD_FIRST));
    }
    let crate_dir = folder.join(properties.need("CodeUri")?.text()?);
    let binary = properties.need("Handler")?.text()?.to_owned();
    let memory_mb = properties.number("MemorySize", 128, 10_240, 128)?;
    let timeout = properties.number("Timeout", 1, 900, 3)?;
    let concurrency = properties.take("ReservedConcurrentExecutions");
    let concurrency = concurrency.map(|node| node.number(0, 1_000)).transpose()?;
    let environment = properties
        .take("Environment")
        .map_or(Ok(BTreeMap::new()), environment)?;
    let own = properties
        .take("Policies")
        .map_or(Ok(Vec::new()), policies::read)?;
    let events = properties.take("Events").cloned();
    properties.finish()?;
    let arn = scope
        .resources
        .get(id)
        .and_then(|named| named.attributes.get("Arn"));
    Ok(Function {
        plan: FunctionPlan {
            name: id.to_owned(),
            arn: arn.cloned().unwrap_or_default(),
            crate_dir,
            binary,
            memory_mb,
            timeout: Duration::from_secs(u64::from(timeout)),
            concurrency,
            environment,
            policy: Policy {
                own,
                implied: Vec::new(),
            },
        },
        events,
    })
}

/// SAM's rule: maps are merged, lists are joined, anything else of the function's own wins.
fn merge(global: &Node, own: &Node) -> Node {
    match (&global.kind, &own.kind) {
        (Kind::Map(base), Kind::Map(over)) => {
            let mut entries = base.clone();
            for (name, node) in over {
                match entries.iter_mut().find(|(other, _)| other == name) {
                    Some((_, present)) => *present = merge(present, node),
                    None => entries.push((name.clone(), node.clone())),
                }
            }
            own.with(Kind::Map(entries))
        }
        (Kind::List(base), Kind::List(over)) => {
            own.with(Kind::List(base.iter().chain(over).cloned().collect()))
        }
        (Kind::Text { .. } | Kind::List(_) | Kind::Map(_), _) => own.clone(),
    }
}

fn environment(node: &Node) -> Result<BTreeMap<String, String>, Fault> {
    let mut properties = Properties::of(node)?;
    let variables = properties.need("Variables")?;
    properties.finish()?;
    let mut environment = BTreeMap::new();
    for (name, value) in variables.map()? {
        if name.starts_with("AWS_") {
            return Err(value.fault("names that begin with AWS_ belong to the Lambda service"));
        }
        environment.insert(name.clone(), value.text()?.to_owned());
    }
    Ok(environment)
}
