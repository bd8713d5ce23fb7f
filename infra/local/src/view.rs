//! What the pages may see of the running stack.

use tokio::{runtime::Handle, task::block_in_place};

use crate::{
    lambda::Lambda,
    pages::{FunctionView, QueueView, RouteView, StackView},
    services::Queues,
    template::Plan,
};

/// Looks at the functions and queues, and changes nothing.
pub(crate) struct View {
    routes: Vec<RouteView>,
    /// Name, binary and triggers of each function.
    functions: Vec<(String, String, Vec<String>)>,
    /// Name of each queue, and whether it takes what others failed on.
    queues: Vec<(String, bool)>,
    lambda: Lambda,
    service: Queues,
}

impl View {
    pub(crate) fn new(plan: &Plan, lambda: Lambda, service: Queues) -> Self {
        let routes = plan.routes.iter().map(|route| RouteView {
            method: route.method.clone().unwrap_or_else(|| "ANY".to_owned()),
            path: route.path.clone().unwrap_or_else(|| "$default".to_owned()),
            function: route.function.clone(),
            auth: route.authorizer.is_some(),
        });
        let functions = plan.functions.iter().map(|function| {
            (
                function.name.clone(),
                function.binary.clone(),
                triggers(plan, &function.name),
            )
        });
        let queues = plan
            .services
            .queues
            .iter()
            .map(|queue| (queue.name.clone(), takes_failures(plan, &queue.name)));
        Self {
            routes: routes.collect(),
            functions: functions.collect(),
            queues: queues.collect(),
            lambda,
            service,
        }
    }
}

impl StackView for View {
    fn routes(&self) -> Vec<RouteView> {
        self.routes.clone()
    }

    fn functions(&self) -> Vec<FunctionView> {
        let functions = self
            .functions
            .iter()
            .filter_map(|(name, binary, triggers)| {
                let health = self.lambda.health(name)?;
                Some(FunctionView {
                    name: name.clone(),
                    binary: binary.clone(),
                    triggers: triggers.clone(),
                    invocations: health.invocations,
                    errors: health.errors,
                    running: health.running,
                })
            });
        functions.collect()
    }

    fn logs(&self, function: &str, lines: usize) -> Vec<String> {
        self.lambda.log_tail(function, lines)
    }

    /// A queue that cannot be asked is left out.
    fn queues(&self) -> Vec<QueueView> {
        let depth =
            |name: &str| block_in_place(|| Handle::current().block_on(self.service.depth(name)));
        let queues = self.queues.iter().filter_map(|(name, dead_letter)| {
            let depth = depth(name).ok()?;
            Some(QueueView {
                name: name.clone(),
                visible: depth.visible,
                in_flight: depth.in_flight,
                dead_letter: *dead_letter,
            })
        });
        queues.collect()
    }
}

fn triggers(plan: &Plan, function: &str) -> Vec<String> {
    let routes = plan
        .routes
        .iter()
        .filter(|route| route.function == function)
        .count();
    let queues = plan
        .queue_sources
        .iter()
        .filter(|source| source.function == function);
    let streams = plan
        .stream_sources
        .iter()
        .filter(|source| source.function == function);
    let mut triggers = Vec::new();
    if routes > 0 {
        triggers.push(format!("{routes} routes of the API"));
    }
    triggers.extend(queues.map(|source| format!("queue {}", source.queue)));
    triggers.extend(streams.map(|source| format!("stream of {}", source.table)));
    triggers
}

/// Whether a redrive policy or a stream's failures lead to this queue.
fn takes_failures(plan: &Plan, queue: &str) -> bool {
    let redrive = plan
        .services
        .queues
        .iter()
        .filter_map(|other| other.attributes.get("RedrivePolicy"));
    let ends_with = format!(":{queue}\"");
    let redriven = redrive
        .into_iter()
        .any(|policy| policy.contains(&ends_with));
    redriven
        || plan
            .stream_sources
            .iter()
            .any(|source| source.on_failure.as_deref() == Some(queue))
}
