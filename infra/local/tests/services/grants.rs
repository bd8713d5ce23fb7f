//! Presigned requests, sent by plain HTTP as a browser or `curl` would.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use s3s::crypto::{Checksum as _, Sha256};

use crate::place::{BUCKET, Place};

const PDF: &str = "application/pdf";
const TEN_MINUTES: Duration = Duration::from_mins(10);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The code of an S3 error.
    pub(crate) fn code(&self) -> String {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        let code = text
            .split("<Code>")
            .nth(1)
            .and_then(|rest| rest.split("</Code>").next());
        code.unwrap_or_default().to_owned()
    }
}

/// A request that can be changed before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Ready {
    pub(crate) fn new(method: &str, url: String) -> Self {
        Self {
            method: method.to_owned(),
            url,
            headers: BTreeMap::new(),
            body: Vec::new(),
        }
    }

    fn presigned(request: &PresignedRequest, body: &[u8]) -> Self {
        let headers = request
            .headers()
            .filter(|(name, _)| *name != "content-length");
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            method: request.method().to_owned(),
            url: request.uri().to_owned(),
            headers: headers.collect(),
            body: body.to_vec(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let sent = tokio::task::spawn_blocking(move || self.send_now());
        sent.await.expect("the client does not panic")
    }

    fn send_now(self) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut request = ureq::http::Request::builder()
            .method(self.method.as_str())
            .uri(self.url);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let answer = if self.method == "PUT" {
            agent.run(request.body(self.body).expect("a request"))
        } else {
            agent.run(request.body(()).expect("a request"))
        };
        let mut answer = answer.expect("it answers");
        let headers = answer.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().expect("text").to_owned();
            (name.as_str().to_owned(), value)
        });
        Answer {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: answer
                .body_mut()
                .with_config()
                .limit(u64::MAX)
                .read_to_vec()
                .expect("whole"),
        }
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::checksum(bytes))
}

/// An upload as the service grants it: length, type, checksum and "only if there is none" are signed.
pub(crate) async fn upload(place: &Place, key: &str, bytes: &[u8]) -> Ready {
    let terms = PresigningConfig::expires_in(TEN_MINUTES).expect("ten minutes");
    upload_on(place, key, bytes, terms).await
}

pub(crate) async fn upload_on(
    place: &Place,
    key: &str,
    bytes: &[u8],
    terms: PresigningConfig,
) -> Ready {
    let put = place.s3().put_object().bucket(BUCKET).key(key);
    let granted = put
        .content_type(PDF)
        .content_length(i64::try_from(bytes.len()).expect("small"))
        .checksum_sha256(sha256(bytes))
        .if_none_match("*")
        .presigned(terms)
        .await
        .expect("signs");
    Ready::presigned(&granted, bytes)
}

/// Terms of a grant that ended a minute ago.
pub(crate) fn expired() -> PresigningConfig {
    let terms = PresigningConfig::builder().expires_in(TEN_MINUTES);
    let began = now() - TEN_MINUTES - Duration::from_mins(1);
    terms.start_time(began).build().expect("terms")
}

#[expect(
    clippy::disallowed_methods,
    reason = "presigned URLs go by the machine's clock"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

/// A download with the headers that the service asks for.
pub(crate) async fn download(place: &Place, key: &str, disposition: &str) -> Ready {
    let get = place.s3().get_object().bucket(BUCKET).key(key);
    let granted = get
        .response_content_disposition(disposition)
        .response_content_type("application/octet-stream")
        .presigned(PresigningConfig::expires_in(Duration::from_mins(1)).expect("a minute"))
        .await
        .expect("signs");
    Ready::presigned(&granted, &[])
}
