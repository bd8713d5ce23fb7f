//! A stack of services in a place of its own, and SDK clients that point at it as a function's do.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests are about the plain SDK, as anyone might point it here"
)]

use std::fs;
use std::path::Path;

use aws_credential_types::Credentials;
use local::clock::SetClock;
use local::data::DataFolder;
use local::permissions::RolesPlan;
use local::services::{
    BucketPlan, BucketsPlan, CorsRulePlan, EventDestinationPlan, MailEvent, MailPlan, Mood,
    QueuePlan, RulePlan, ScanPlan, Services, ServicesPlan, SubscriptionPlan, TablePlan, TopicPlan,
    queue_arn,
};
use serde_json::json;
use tempfile::TempDir;

pub(crate) const TABLE: &str = "targeted-review-local";
pub(crate) const BUCKET: &str = "evidence";
/// The page that may use the bucket.
pub(crate) const ORIGIN: &str = "https://reviews.example.org";

/// The topic that hears what becomes of mail of the set `notices`.
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:reports";

pub(crate) struct Place {
    pub(crate) services: Services,
    pub(crate) clock: SetClock,
    pub(crate) data: DataFolder,
    folder: TempDir,
}

pub(crate) fn plan() -> ServicesPlan {
    let create = json!({
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
        ],
        "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
    });
    let redrive =
        json!({"deadLetterTargetArn": queue_arn("notices-dead"), "maxReceiveCount": 2}).to_string();
    ServicesPlan {
        tables: vec![TablePlan {
            name: TABLE.to_owned(),
            create,
            ttl_attribute: Some("expires".to_owned()),
        }],
        queues: vec![
            QueuePlan {
                name: "notices-dead".to_owned(),
                attributes: [].into(),
            },
            QueuePlan {
                name: "feedback".to_owned(),
                attributes: [].into(),
            },
            QueuePlan {
                name: "wrapped".to_owned(),
                attributes: [].into(),
            },
            QueuePlan {
                name: "objects".to_owned(),
                attributes: [].into(),
            },
            QueuePlan {
                name: "notices".to_owned(),
                attributes: [
                    ("VisibilityTimeout".to_owned(), "60".to_owned()),
                    ("RedrivePolicy".to_owned(), redrive),
                ]
                .into(),
            },
        ],
        roles: RolesPlan::default(),
        mail: MailPlan {
            identities: vec!["example.org".to_owned()],
            configuration_sets: vec!["notices".to_owned(), "silent".to_owned()],
            event_destinations: vec![EventDestinationPlan {
                configuration_set: "notices".to_owned(),
                events: vec![
                    MailEvent::Send,
                    MailEvent::Delivery,
                    MailEvent::Bounce,
                    MailEvent::Complaint,
                ],
                topic: TOPIC.to_owned(),
            }],
            most_per_second: None,
        },
        buckets: BucketsPlan {
            buckets: vec![BucketPlan {
                name: BUCKET.to_owned(),
                event_bridge: true,
                cors: vec![CorsRulePlan {
                    origins: vec![ORIGIN.to_owned()],
                    methods: vec!["GET".to_owned(), "PUT".to_owned()],
                    headers: vec!["content-type".to_owned(), "x-amz-*".to_owned()],
                    exposed: vec!["ETag".to_owned()],
                    max_age: Some(600),
                }],
            }],
            scans: vec![ScanPlan {
                arn: "arn:aws:guardduty:us-east-1:000000000000:malware-protection-plan/Scan"
                    .to_owned(),
                bucket: BUCKET.to_owned(),
                prefixes: vec!["reviews/".to_owned()],
            }],
            mood: Mood::Well,
        },
        rules: ["aws.s3", "aws.guardduty"]
            .map(|source| RulePlan {
                name: source.to_owned(),
                pattern: json!({ "source": [source] }).to_string(),
                queues: vec!["objects".to_owned()],
            })
            .into(),
        topics: vec![TopicPlan {
            arn: TOPIC.to_owned(),
            subscriptions: vec![
                SubscriptionPlan {
                    queue: "feedback".to_owned(),
                    raw: true,
                },
                SubscriptionPlan {
                    queue: "wrapped".to_owned(),
                    raw: false,
                },
            ],
        }],
    }
}

impl Place {
    pub(crate) async fn new() -> Self {
        Self::over(tempfile::tempdir().expect("a place")).await
    }

    /// A place whose services differ from [`plan`].
    pub(crate) async fn with(change: impl FnOnce(&mut ServicesPlan)) -> Self {
        let mut plan = plan();
        change(&mut plan);
        Self::over_with(tempfile::tempdir().expect("a place"), plan).await
    }

    /// The same, with other services than [`plan`]'s.
    pub(crate) async fn killed_with(&self, change: impl FnOnce(&mut ServicesPlan)) -> Self {
        let copy = tempfile::tempdir().expect("a place");
        copy_all(self.folder.path(), copy.path());
        let mut plan = plan();
        change(&mut plan);
        Self::over_with(copy, plan).await
    }

    async fn over(folder: TempDir) -> Self {
        Self::over_with(folder, plan()).await
    }

    async fn over_with(folder: TempDir, plan: ServicesPlan) -> Self {
        let data = DataFolder::open(folder.path(), false).expect("the folder opens");
        let clock = SetClock::open(&data, None).expect("the clock opens");
        let services = Services::start(&data, &clock, plan)
            .await
            .expect("the services start");
        Self {
            services,
            clock,
            data,
            folder,
        }
    }

    /// What a start after `kill -9` finds: the files as they are now, of a stack that was never told to stop.
    pub(crate) async fn killed(&self) -> Self {
        self.killed_after(|_| {}).await
    }

    /// The same, of a stack that was killed at a moment at which the files were as `change` makes them.
    pub(crate) async fn killed_after(&self, change: impl FnOnce(&Path)) -> Self {
        let copy = tempfile::tempdir().expect("a place");
        copy_all(self.folder.path(), copy.path());
        change(copy.path());
        Self::over(copy).await
    }

    pub(crate) fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .region(aws_sdk_dynamodb::config::Region::new("us-east-1"))
            .endpoint_url(self.services.tables.endpoint())
            .credentials_provider(credentials())
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    pub(crate) fn sqs(&self) -> aws_sdk_sqs::Client {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new("us-east-1"))
            .endpoint_url(self.services.queues.endpoint())
            .credentials_provider(credentials())
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        aws_sdk_sqs::Client::from_conf(config.build())
    }

    pub(crate) fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new("us-east-1"))
            .endpoint_url(self.services.buckets.endpoint())
            .force_path_style(true)
            .credentials_provider(credentials())
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        aws_sdk_s3::Client::from_conf(config.build())
    }

    pub(crate) fn ses(&self) -> aws_sdk_ses::Client {
        let config = aws_sdk_ses::Config::builder()
            .behavior_version(aws_sdk_ses::config::BehaviorVersion::latest())
            .region(aws_sdk_ses::config::Region::new("us-east-1"))
            .endpoint_url(self.services.mail.endpoint())
            .retry_config(aws_sdk_ses::config::retry::RetryConfig::disabled())
            .credentials_provider(credentials())
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        aws_sdk_ses::Client::from_conf(config.build())
    }
}

fn credentials() -> Credentials {
    Credentials::from_keys("local", "local", None)
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("lists") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            fs::create_dir(&target).expect("made");
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("copied");
        }
    }
}
