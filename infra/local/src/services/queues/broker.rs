//! The one way to the messages: rustack does the work, the journal learns of it before the caller does.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::future::join_all;
use rustack_sqs_core::config::SqsConfig;
use rustack_sqs_core::provider::RustackSqs;
use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::input::{
    CreateQueueInput, DeleteMessageBatchInput, DeleteMessageInput, PurgeQueueInput,
    ReceiveMessageInput, SendMessageBatchInput, SendMessageInput,
};
use rustack_sqs_model::output::{
    DeleteMessageBatchOutput, DeleteMessageOutput, PurgeQueueOutput, ReceiveMessageOutput,
    SendMessageBatchOutput, SendMessageOutput,
};

use super::journal::{self, Journal, Living};
use crate::clock::machine_now;
use crate::data::DataFolder;
use crate::services::{ACCOUNT, QueuePlan, REGION, ServiceError, queue_arn, queue_url};

/// Fewer than an actor of rustack takes before it lets others wait.
const AT_A_TIME: usize = 100;

/// rustack and the journal, in step.
#[derive(Debug)]
pub(super) struct Broker {
    provider: Arc<RustackSqs>,
    journal: Mutex<Journal>,
}

impl Broker {
    /// Makes the queues and sends again what an earlier run left in them.
    pub(super) async fn open(
        data: &DataFolder,
        endpoint: &str,
        plan: Vec<QueuePlan>,
    ) -> Result<Self, ServiceError> {
        let (host, port) = endpoint
            .trim_start_matches("http://")
            .rsplit_once(':')
            .unwrap_or((endpoint, ""));
        let provider = Arc::new(RustackSqs::new(SqsConfig {
            skip_signature_validation: true,
            default_region: REGION.to_owned(),
            account_id: ACCOUNT.to_owned(),
            host: host.to_owned(),
            port: port.parse().unwrap_or(0),
        }));
        for queue in &plan {
            let attributes = queue.attributes.clone().into_iter().collect();
            let input = CreateQueueInput {
                queue_name: queue.name.clone(),
                attributes,
                tags: HashMap::new(),
            };
            provider
                .create_queue(input)
                .await
                .map_err(super::refused(&queue.name, "be made"))?;
        }
        let path = data.path().join("queues.journal");
        let journal = send_again(&provider, endpoint, &plan, path).await?;
        Ok(Self {
            provider,
            journal: Mutex::new(journal),
        })
    }

    pub(super) fn provider(&self) -> &Arc<RustackSqs> {
        &self.provider
    }

    pub(super) async fn send(
        &self,
        input: SendMessageInput,
    ) -> Result<SendMessageOutput, SqsError> {
        let output = self.provider.send_message(input.clone()).await?;
        self.keep(|journal| {
            journal.sent(living(input, output.message_id.clone().unwrap_or_default()))
        })?;
        Ok(output)
    }

    pub(super) async fn send_batch(
        &self,
        input: SendMessageBatchInput,
    ) -> Result<SendMessageBatchOutput, SqsError> {
        let output = self.provider.send_message_batch(input.clone()).await?;
        let sent: HashMap<&str, &str> = output
            .successful
            .iter()
            .map(|entry| (entry.id.as_str(), entry.message_id.as_str()))
            .collect();
        for entry in input.entries {
            let Some(message_id) = sent.get(entry.id.as_str()) else {
                continue;
            };
            let request = SendMessageInput {
                queue_url: input.queue_url.clone(),
                message_body: entry.message_body,
                delay_seconds: entry.delay_seconds,
                message_deduplication_id: entry.message_deduplication_id,
                message_group_id: entry.message_group_id,
                message_attributes: entry.message_attributes,
                message_system_attributes: entry.message_system_attributes,
            };
            self.keep(|journal| journal.sent(living(request, (*message_id).to_owned())))?;
        }
        Ok(output)
    }

    pub(super) async fn receive(
        &self,
        input: ReceiveMessageInput,
    ) -> Result<ReceiveMessageOutput, SqsError> {
        let queue = name_in(&input.queue_url).to_owned();
        let output = self.provider.receive_message(input).await?;
        for id in output
            .messages
            .iter()
            .filter_map(|message| message.message_id.as_deref())
        {
            self.keep(|journal| journal.received(id, &queue))?;
        }
        Ok(output)
    }

    pub(super) async fn delete(
        &self,
        input: DeleteMessageInput,
    ) -> Result<DeleteMessageOutput, SqsError> {
        let id = message_of(&input.receipt_handle)?;
        let output = self.provider.delete_message(input).await?;
        self.keep(|journal| journal.deleted(&id))?;
        Ok(output)
    }

    pub(super) async fn delete_batch(
        &self,
        input: DeleteMessageBatchInput,
    ) -> Result<DeleteMessageBatchOutput, SqsError> {
        let named = input
            .entries
            .iter()
            .map(|entry| Ok((entry.id.clone(), message_of(&entry.receipt_handle)?)))
            .collect::<Result<HashMap<_, _>, SqsError>>()?;
        let output = self.provider.delete_message_batch(input).await?;
        for id in output
            .successful
            .iter()
            .filter_map(|entry| named.get(&entry.id))
        {
            self.keep(|journal| journal.deleted(id))?;
        }
        Ok(output)
    }

    pub(super) async fn purge(&self, input: PurgeQueueInput) -> Result<PurgeQueueOutput, SqsError> {
        let queue = name_in(&input.queue_url).to_owned();
        let output = self.provider.purge_queue(input).await?;
        self.keep(|journal| journal.purged(&queue))?;
        Ok(output)
    }

    fn keep(
        &self,
        write: impl FnOnce(&mut Journal) -> Result<(), ServiceError>,
    ) -> Result<(), SqsError> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut journal).map_err(|error| SqsError::internal_error(error.to_string()))
    }
}

/// Puts back what is alive, each where it would be found by now, and begins the journal with the new ids.
async fn send_again(
    provider: &RustackSqs,
    endpoint: &str,
    plan: &[QueuePlan],
    path: PathBuf,
) -> Result<Journal, ServiceError> {
    let mut again = Vec::new();
    for mut one in journal::read(&path)? {
        let Some(queue) = plan.iter().find(|queue| queue.name == one.queue) else {
            tracing::warn!(
                queue = one.queue,
                "a kept message is dropped: the template has no such queue any more"
            );
            continue;
        };
        if let Some(dead_letters) = dead_letters_after(queue, one.received) {
            one.queue = dead_letters;
        }
        let waited = machine_now().duration_since(one.at).as_secs();
        let delay = one
            .request
            .delay_seconds
            .map(|delay| (i64::from(delay) - waited).clamp(0, 900));
        one.request.delay_seconds = delay.and_then(|delay| i32::try_from(delay).ok());
        one.request.queue_url = queue_url(endpoint, &one.queue);
        one.at = machine_now();
        again.push(one);
    }
    // Many at a time, because each waits for its queue's answer; they are taken up in the order of this list.
    for together in again.chunks_mut(AT_A_TIME) {
        let sends: Vec<_> = together
            .iter()
            .map(|one| provider.send_message(one.request.clone()))
            .collect();
        for (one, sent) in together.iter_mut().zip(join_all(sends).await) {
            let sent = sent.map_err(super::refused(&one.queue, "take back"))?;
            one.id = sent.message_id.unwrap_or_default();
        }
    }
    Journal::begin(&path, again)
}

/// Where a message that was received `received` times goes instead of being received again, if anywhere. rustack
/// moves such messages without a word, so the journal cannot have seen it.
fn dead_letters_after(queue: &QueuePlan, received: u32) -> Option<String> {
    let policy: serde_json::Value =
        serde_json::from_str(queue.attributes.get("RedrivePolicy")?).ok()?;
    let limit = &policy["maxReceiveCount"];
    let limit = limit.as_u64().or_else(|| limit.as_str()?.parse().ok())?;
    let target = policy["deadLetterTargetArn"].as_str()?;
    let name = target
        .rsplit(':')
        .next()
        .filter(|name| queue_arn(name) == target)?;
    (u64::from(received) >= limit).then(|| name.to_owned())
}

fn living(request: SendMessageInput, id: String) -> Living {
    let queue = name_in(&request.queue_url).to_owned();
    Living {
        id,
        queue,
        at: machine_now(),
        request,
        received: 0,
    }
}

fn name_in(queue_url: &str) -> &str {
    queue_url.rsplit('/').next().unwrap_or_default()
}

/// The message that a receipt handle belongs to: rustack writes its id into it. A handle it never made is refused
/// here, as SQS does; rustack itself would take it.
fn message_of(receipt_handle: &str) -> Result<String, SqsError> {
    STANDARD
        .decode(receipt_handle)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.split_once(':').map(|(id, _)| id.to_owned()))
        .filter(|id| uuid::Uuid::try_parse(id).is_ok())
        .ok_or_else(SqsError::receipt_handle_is_invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_received_often_enough_goes_to_the_dead_letters() {
        let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":3}"#;
        let attributes = [("RedrivePolicy".to_owned(), policy.to_owned())].into();
        let queue = QueuePlan {
            name: "commands".to_owned(),
            attributes,
        };
        assert_eq!(dead_letters_after(&queue, 2), None);
        assert_eq!(dead_letters_after(&queue, 3).as_deref(), Some("dead"));
        let plain = QueuePlan {
            name: "commands".to_owned(),
            attributes: [].into(),
        };
        assert_eq!(dead_letters_after(&plain, 1_000), None);
    }

    #[test]
    fn a_made_up_receipt_handle_is_refused() {
        for handle in ["", "not base64!", "bm8gY29sb24=", "eDp5Onpr"] {
            assert!(message_of(handle).is_err(), "{handle}");
        }
        let id = uuid::Uuid::new_v4().to_string();
        let real = rustack_sqs_core::message::generate_receipt_handle(&id);
        assert_eq!(message_of(&real).expect("real"), id);
    }
}
