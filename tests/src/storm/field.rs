//! Where the storm happens: a stack, and a proxy before each of the addresses that matter.

use super::proxy::{Place, Proxy};
use crate::{Client, Door, Doors, Launch, Stack, TemplateCopy};

/// A stack behind proxies. They end with this value.
pub(super) struct Field {
    pub(super) stack: Stack,
    pub(super) store: Proxy,
    pub(super) queue: Proxy,
    pub(super) mail: Proxy,
    pub(super) front: Proxy,
    /// The stack reads it only once, but a folder that somebody removed would be a riddle.
    _template: TemplateCopy,
}

/// Tries of `relay` for one batch, and calls of the SDK for one try.
const RELAY_TRIES: u32 = 2;
pub(super) const SDK_TRIES: u32 = 3;

/// Batches of a queue that are dealt with at once.
const AT_ONCE: u32 = 8;

/// So many failed calls in a row, and `relay` gives a batch up.
pub(super) const OUTAGE: u32 = RELAY_TRIES * SDK_TRIES;

impl Field {
    /// Starts all of it, with fair weather.
    ///
    /// # Panics
    /// When it does not start.
    pub(super) fn start(seed: u64) -> Self {
        let template = impatient();
        let [store, queue, mail, front] = [(); 4].map(|()| Place::free());
        let stack = Launch::default()
            .template(&template.write())
            .parameter("NoticeLeaseSeconds=2")
            .parameter("NoticeDoubtSeconds=5")
            .parameter("NoticeVisibilitySeconds=30")
            .through("dynamodb", store.url())
            .through("sqs", queue.url())
            .through("ses", mail.url())
            .start();
        Self {
            store: Proxy::start(store, stack.endpoint("dynamodb"), seed, Some("dynamodb")),
            queue: Proxy::start(queue, stack.endpoint("sqs"), seed + 1, Some("sqs")),
            mail: Proxy::start(mail, stack.endpoint("ses"), seed + 2, Some("ses")),
            front: Proxy::start(front, stack.url(), seed + 3, None),
            stack,
            _template: template,
        }
    }

    /// The API's doors as a sample person, in all weather.
    pub(super) fn door(&self, name: &str) -> Door {
        Door::gateway(self.front.url(), Some(&self.stack.token(name)))
    }

    /// A client in all weather.
    pub(super) fn client(&self, name: &str) -> Client {
        Client::new(Doors::at(self.door(name)))
    }

    /// Fair weather from now on.
    pub(super) fn calm(&mut self) {
        for proxy in [
            &mut self.store,
            &mut self.queue,
            &mut self.mail,
            &mut self.front,
        ] {
            proxy.calm();
        }
    }
}

/// The template, but that messages, batches and reports are given up or taken up again after fewer and shorter tries, and
/// more of them are dealt with at once: what takes days on AWS ends in a minute here.
fn impatient() -> TemplateCopy {
    let one_relay = format!("MaximumRetryAttempts: {}", RELAY_TRIES - 1);
    let template = TemplateCopy::default()
        .with("maxReceiveCount: 100", "maxReceiveCount: 2")
        .with("MaximumRetryAttempts: 10", &one_relay)
        .with(
            "VisibilityTimeout: 180 # six times the timeout of FeedbackFunction",
            "VisibilityTimeout: 30",
        );
    let source = |queue: &str, most: u32| {
        format!(
            "Queue: !GetAtt {queue}.Arn
            BatchSize: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig: {{MaximumConcurrency: {most}}}"
        )
    };
    let queues = ["NoticesQueue", "FeedbackQueue"].into_iter();
    queues.fold(template, |template, queue| {
        template.with(&source(queue, 2), &source(queue, AT_ONCE))
    })
}
