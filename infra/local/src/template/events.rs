//! What calls a function: routes of the HTTP API, queues, and streams of tables.

use std::time::Duration;

use super::{
    Fault,
    api::Api,
    names::name_in_arn,
    plan::{Plan, QueueSourcePlan, RoutePlan, StartingPosition, StreamSourcePlan},
    properties::Properties,
    yaml::Node,
};
use crate::filter::FilterCriteria;

/// Reads the `Events` of `function` into `plan`.
pub(super) fn read(
    function: &str,
    node: &Node,
    api: Option<&Api>,
    plan: &mut Plan,
) -> Result<(), Fault> {
    for (event, node) in node.map()? {
        let mut entries = Properties::of(node)?;
        let kind = entries.need("Type")?;
        let properties = entries.need("Properties")?;
        entries.finish()?;
        let name = format!("{function}.{event}");
        match kind.text()? {
            "HttpApi" => plan.routes.push(route(function, properties, api)?),
            "SQS" => plan
                .queue_sources
                .push(queue_source(name, function, properties, plan)?),
            "DynamoDB" => plan
                .stream_sources
                .push(stream_source(name, function, properties, plan)?),
            other => {
                return Err(kind.fault(format!(
                    "{other} does not call functions here; HttpApi, SQS and DynamoDB do"
                )));
            }
        }
    }
    Ok(())
}

fn route(function: &str, node: &Node, api: Option<&Api>) -> Result<RoutePlan, Fault> {
    let mut properties = Properties::of(node)?;
    let id = properties.need("ApiId")?;
    let Some(api) = api.filter(|api| id.text().is_ok_and(|id| id == api.id)) else {
        return Err(id.fault("this names no AWS::Serverless::HttpApi of this template; use !Ref"));
    };
    if let Some(version) = properties.take("PayloadFormatVersion")
        && version.text()? != "2.0"
    {
        return Err(version.fault("only payload 2.0 is made here"));
    }
    let path = properties.take("Path");
    if let Some(path) = path
        && !path.text()?.starts_with('/')
    {
        return Err(path.fault("a path begins with a slash"));
    }
    let method = match properties
        .take("Method")
        .map(|node| Ok::<_, Fault>((node, node.text()?.to_ascii_uppercase())))
    {
        None => None,
        Some(Err(fault)) => return Err(fault),
        Some(Ok((_, method))) if method == "ANY" => None,
        Some(Ok((_, method))) if METHODS.contains(&method.as_str()) => Some(method),
        Some(Ok((node, method))) => {
            return Err(node.fault(format!("{method} is no method that an HTTP API routes")));
        }
    };
    let mut named = None;
    if let Some(auth) = properties.take("Auth") {
        let mut auth = Properties::of(auth)?;
        named = auth.take("Authorizer");
        auth.finish()?;
    }
    let timeout = properties.number("TimeoutInMillis", 50, 30_000, 30_000)?;
    properties.finish()?;
    Ok(RoutePlan {
        method,
        path: path.map(Node::text).transpose()?.map(str::to_owned),
        function: function.to_owned(),
        authorizer: api.authorizer(named)?,
        timeout: Duration::from_millis(u64::from(timeout)),
    })
}

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

fn queue_source(
    name: String,
    function: &str,
    node: &Node,
    plan: &Plan,
) -> Result<QueueSourcePlan, Fault> {
    let mut properties = Properties::of(node)?;
    let arn = properties.need("Queue")?;
    let queue = queue_of(arn, plan)?;
    let window = properties.number("MaximumBatchingWindowInSeconds", 0, 300, 0)?;
    visible_longer_than_a_run(function, &queue, arn, plan)?;
    // SQS hands out ten at a time; more only gather within a window.
    let most = if window == 0 { 10 } else { 10_000 };
    let batch_size = properties.number("BatchSize", 1, most, 10)?;
    let partial_failures = partial_failures(&mut properties)?;
    let mut concurrency = None;
    if let Some(scaling) = properties.take("ScalingConfig") {
        let mut scaling = Properties::of(scaling)?;
        concurrency = Some(scaling.need("MaximumConcurrency")?.number(2, 1_000)?);
        scaling.finish()?;
    }
    let filter = filter(&mut properties)?;
    enabled(&mut properties)?;
    properties.finish()?;
    Ok(QueueSourcePlan {
        name,
        function: function.to_owned(),
        queue,
        batch_size,
        window: Duration::from_secs(u64::from(window)),
        partial_failures,
        concurrency,
        filter,
    })
}

fn stream_source(
    name: String,
    function: &str,
    node: &Node,
    plan: &Plan,
) -> Result<StreamSourcePlan, Fault> {
    let mut properties = Properties::of(node)?;
    let arn = properties.need("Stream")?;
    let table = name_in_arn(arn, "dynamodb")?;
    let table = table
        .strip_prefix("table/")
        .and_then(|rest| rest.split_once("/stream/"));
    let table = table
        .map(|(table, _)| table)
        .ok_or_else(|| arn.fault("a stream belongs here: !GetAtt Table.StreamArn"))?;
    let streams = |one: &&crate::services::TablePlan| {
        one.name == table && one.create.get("StreamSpecification").is_some()
    };
    if plan.services.tables.iter().find(streams).is_none() {
        return Err(arn.fault(format!("the table {table} has no StreamSpecification")));
    }
    let position = properties.need("StartingPosition")?;
    let start = match position.text()? {
        "TRIM_HORIZON" => StartingPosition::TrimHorizon,
        "LATEST" => StartingPosition::Latest,
        other => {
            return Err(position.fault(format!(
                "{other} is no position; TRIM_HORIZON and LATEST are"
            )));
        }
    };
    let batch_size = properties.number("BatchSize", 1, 10_000, 100)?;
    let window = properties.number("MaximumBatchingWindowInSeconds", 0, 300, 0)?;
    let bisect = properties.truth("BisectBatchOnFunctionError", false)?;
    let retries = match properties.take("MaximumRetryAttempts") {
        None => None,
        Some(node) if node.text()? == "-1" => None,
        Some(node) => Some(node.number(0, 10_000)?),
    };
    let partial_failures = partial_failures(&mut properties)?;
    let filter = filter(&mut properties)?;
    let mut on_failure = None;
    if let Some(destinations) = properties.take("DestinationConfig") {
        let mut destinations = Properties::of(destinations)?;
        let mut target = Properties::of(destinations.need("OnFailure")?)?;
        destinations.finish()?;
        let kind = target.need("Type")?;
        if kind.text()? != "SQS" {
            return Err(kind.fault("only SQS takes failures here"));
        }
        on_failure = Some(queue_of(target.need("Destination")?, plan)?);
        target.finish()?;
    }
    enabled(&mut properties)?;
    properties.finish()?;
    Ok(StreamSourcePlan {
        name,
        function: function.to_owned(),
        table: table.to_owned(),
        start,
        batch_size,
        window: Duration::from_secs(u64::from(window)),
        partial_failures,
        bisect,
        retries,
        filter,
        on_failure,
    })
}

/// The queue of this template that `arn` names.
pub(super) fn queue_of(arn: &Node, plan: &Plan) -> Result<String, Fault> {
    let name = name_in_arn(arn, "sqs")?;
    match plan.services.queues.iter().find(|queue| queue.name == name) {
        Some(queue) => Ok(queue.name.clone()),
        None => Err(arn.fault(format!("no queue of this template is called {name}"))),
    }
}

/// Lambda refuses a queue whose messages would come back while the function may still be at them.
fn visible_longer_than_a_run(
    function: &str,
    queue: &str,
    at: &Node,
    plan: &Plan,
) -> Result<(), Fault> {
    const DEFAULT: u64 = 30;
    let queue = plan.services.queues.iter().find(|one| one.name == queue);
    let visibility = queue.and_then(|queue| queue.attributes.get("VisibilityTimeout"));
    let visibility = visibility
        .and_then(|text| text.parse().ok())
        .unwrap_or(DEFAULT);
    let timeout = plan
        .functions
        .iter()
        .find(|one| one.name == function)
        .map_or(0, |one| one.timeout.as_secs());
    if visibility < timeout {
        return Err(at.fault(format!(
            "the queue's VisibilityTimeout ({visibility} s) must not be below the Timeout of {function} ({timeout} s)"
        )));
    }
    Ok(())
}

fn partial_failures(properties: &mut Properties<'_>) -> Result<bool, Fault> {
    let Some(types) = properties.take("FunctionResponseTypes") else {
        return Ok(false);
    };
    match types.list()? {
        [one] if one.text()? == "ReportBatchItemFailures" => Ok(true),
        _ => Err(types.fault("only [ReportBatchItemFailures] exists")),
    }
}

fn filter(properties: &mut Properties<'_>) -> Result<FilterCriteria, Fault> {
    let mut patterns = Vec::new();
    if let Some(criteria) = properties.take("FilterCriteria") {
        let mut criteria = Properties::of(criteria)?;
        for node in criteria.need("Filters")?.list()? {
            let mut filter = Properties::of(node)?;
            let pattern = filter.need("Pattern")?;
            filter.finish()?;
            patterns.push(pattern.text()?.parse().map_err(|error| {
                let error: crate::filter::PatternError = error;
                pattern.fault(error.to_string())
            })?);
        }
        criteria.finish()?;
    }
    Ok(FilterCriteria::any_of(patterns))
}

fn enabled(properties: &mut Properties<'_>) -> Result<(), Fault> {
    match properties.take("Enabled") {
        Some(node) if !node.truth()? => {
            Err(node.fault("a source that is off would leave its records unread here; remove it"))
        }
        Some(_) | None => Ok(()),
    }
}
