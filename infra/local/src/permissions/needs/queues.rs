//! SQS.

use serde::Deserialize;

use super::{ANYTHING, Need};
use crate::services::queue_arn;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Asked {
    queue_url: Option<String>,
    queue_name: Option<String>,
}

/// What `operation` with this body needs; nothing, when it is no request that the service would take.
pub(crate) fn needs(operation: &str, body: &[u8]) -> Vec<Need> {
    let Ok(asked) = serde_json::from_slice::<Asked>(body) else {
        return Vec::new();
    };
    let one = operation.strip_suffix("Batch").unwrap_or(operation);
    let name = asked
        .queue_url
        .as_deref()
        .and_then(|url| url.rsplit('/').next())
        .or(asked.queue_name.as_deref());
    let resource = name.map_or_else(|| ANYTHING.to_owned(), queue_arn);
    vec![Need::new(format!("sqs:{one}"), resource)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_needs_what_a_single_message_needs() {
        let body = br#"{"QueueUrl": "http://127.0.0.1:9/000000000000/Notices", "Entries": []}"#;
        for operation in ["SendMessage", "SendMessageBatch"] {
            let expected = [Need::new("sqs:SendMessage", queue_arn("Notices"))];
            assert_eq!(needs(operation, body), expected);
        }
        let expected = [Need::new("sqs:ListQueues", "*")];
        assert_eq!(needs("ListQueues", b"{}"), expected);
    }
}
