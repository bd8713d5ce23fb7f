//! The environment of a function's processes: Lambda's own variables and the template's, and nothing of the machine's,
//! so that no credential or endpoint of the person who started the stack can reach a function.

use crate::{
    services::{REGION, SECRET_KEY},
    template::FunctionPlan,
};

/// What all processes of a function see alike.
pub(super) fn of(plan: &FunctionPlan, endpoints: &[(String, String)]) -> Vec<(String, String)> {
    let memory = plan.memory_mb.to_string();
    let group = format!("/aws/lambda/{}", plan.name);
    let service = [
        ("AWS_LAMBDA_FUNCTION_NAME", plan.name.as_str()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &memory),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &group),
        ("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", plan.name.as_str()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
        ("AWS_SESSION_TOKEN", "local"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("_HANDLER", &plan.binary),
        ("LANG", "en_US.UTF-8"),
        ("TZ", ":UTC"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ];
    let service = service.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let template = plan
        .environment
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    service
        .into_iter()
        .chain(template)
        .chain(endpoints.iter().cloned())
        .collect()
}

/// What one process sees besides.
pub(super) fn of_process(process: &str, runtime_api: String) -> [(String, String); 2] {
    [
        (
            "AWS_LAMBDA_LOG_STREAM_NAME".to_owned(),
            format!("[$LATEST]{process}"),
        ),
        ("AWS_LAMBDA_RUNTIME_API".to_owned(), runtime_api),
    ]
}
