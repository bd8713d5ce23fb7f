//! How the services are reached. No environment is read here: `edge` reads it once and hands it in.

use std::time::Duration;

use aws_credential_types::Credentials as StaticCredentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

/// One attempt at a call; a call with its retries must end within a function's timeout.
const ATTEMPT: Duration = Duration::from_secs(3);
/// A call with all its retries.
const CALL: Duration = Duration::from_secs(8);

/// Region, credentials and endpoints, and the HTTP client that all clients share.
#[derive(Clone)]
pub struct Connection {
    region: Region,
    credentials: StaticCredentials,
    endpoints: Endpoints,
    http: SharedHttpClient,
}

/// Endpoints other than AWS's own.
#[derive(Debug, Clone, Default)]
struct Endpoints {
    dynamodb: Option<String>,
    sqs: Option<String>,
    ses: Option<String>,
    s3: Option<String>,
}

/// A variable that Lambda sets is missing.
#[derive(Debug, thiserror::Error)]
#[error("environment variable {0} is missing; Lambda sets it")]
pub struct NoConnection(&'static str);

impl NoConnection {
    /// Its name.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        self.0
    }
}

/// Sets what all service clients have in common on a client's config builder.
macro_rules! configured {
    ($builder:expr, $connection:expr, $endpoint:ident) => {{
        let mut builder = $builder
            .behavior_version(BehaviorVersion::latest())
            .region($connection.region.clone())
            .credentials_provider($connection.credentials.clone())
            .http_client($connection.http.clone())
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_attempt_timeout(ATTEMPT)
                    .operation_timeout(CALL)
                    .build(),
            );
        builder.set_endpoint_url($connection.endpoints.$endpoint.clone());
        builder
    }};
}

impl Connection {
    /// Prepares a connection from the variables that Lambda sets (`AWS_REGION`, `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`) and the endpoints `AWS_ENDPOINT_URL_DYNAMODB`,
    /// `_SQS`, `_SES` and `_S3`, if they are not AWS's own. Nothing is sent yet.
    ///
    /// # Errors
    /// [`NoConnection`] names the variable that is missing.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one HTTP client that all clients share"
    )]
    pub fn from_variables(read: impl Fn(&str) -> Option<String>) -> Result<Self, NoConnection> {
        let needed = |name: &'static str| read(name).ok_or(NoConnection(name));
        let credentials = StaticCredentials::new(
            needed("AWS_ACCESS_KEY_ID")?,
            needed("AWS_SECRET_ACCESS_KEY")?,
            read("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        let endpoint = |name| read(name).or_else(|| read("AWS_ENDPOINT_URL"));
        let endpoints = Endpoints {
            dynamodb: endpoint("AWS_ENDPOINT_URL_DYNAMODB"),
            sqs: endpoint("AWS_ENDPOINT_URL_SQS"),
            ses: endpoint("AWS_ENDPOINT_URL_SES"),
            s3: endpoint("AWS_ENDPOINT_URL_S3"),
        };
        let region = Region::new(needed("AWS_REGION")?);
        let http = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        Ok(Self {
            region,
            credentials,
            endpoints,
            http,
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where this client is built"
    )]
    pub(crate) fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = configured!(aws_sdk_dynamodb::Config::builder(), self, dynamodb);
        aws_sdk_dynamodb::Client::from_conf(config.retry_config(RetryConfig::standard()).build())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where this client is built"
    )]
    pub(crate) fn sqs(&self) -> aws_sdk_sqs::Client {
        let config = configured!(aws_sdk_sqs::Config::builder(), self, sqs);
        aws_sdk_sqs::Client::from_conf(config.retry_config(RetryConfig::standard()).build())
    }

    /// Checksums only where we ask for them: by default the SDK signs a header into leave to fetch that no browser sends.
    /// An endpoint of its own has no names of buckets before it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where this client is built"
    )]
    pub(crate) fn s3(&self) -> aws_sdk_s3::Client {
        let config = configured!(aws_sdk_s3::Config::builder(), self, s3)
            .retry_config(RetryConfig::standard())
            .force_path_style(self.endpoints.s3.is_some())
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
        aws_sdk_s3::Client::from_conf(config.build())
    }

    /// Never retries: the mail service has no idempotency (promise P2).
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where this client is built"
    )]
    pub(crate) fn ses(&self) -> aws_sdk_ses::Client {
        let config = configured!(aws_sdk_ses::Config::builder(), self, ses);
        aws_sdk_ses::Client::from_conf(config.retry_config(RetryConfig::disabled()).build())
    }
}
