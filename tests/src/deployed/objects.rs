//! Objects of a second home, and the stand-in for their scan: ministack has no GuardDuty, and EventBridge refuses events of
//! `aws.guardduty` from anybody else, so the verdict goes straight to the queue that the rule would have sent it to.

use serde_json::{Value, json};

use super::{Deployment, between};
use crate::signed;

/// One version of an object.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    key: String,
    id: String,
    etag: String,
}

impl Deployment {
    /// How many versions of objects there are.
    ///
    /// # Panics
    /// When the store does not answer.
    pub(crate) fn objects(&self) -> usize {
        self.versions().len()
    }

    /// Scans what came since the last look, and says so as GuardDuty does.
    ///
    /// # Panics
    /// When store or queue do not answer.
    pub(crate) fn scan(&self) {
        for version in self.versions() {
            let mut scanned = self.scanned.lock().expect("nobody panics with it");
            if scanned.insert(format!("{}@{}", version.key, version.id)) {
                let event = self.verdict(&version).to_string();
                let queue = self.resource("ObjectsQueue");
                self.sqs(
                    "SendMessage",
                    &json!({ "QueueUrl": queue, "MessageBody": event }),
                );
            }
        }
    }

    /// Erases every version of every object.
    pub(super) fn erase_objects(&self) {
        for version in self.versions() {
            let query = format!("versionId={}", signed::encoded(&version.id));
            self.s3("DELETE", &version.key, &query);
        }
    }

    fn versions(&self) -> Vec<Version> {
        let listed = self.s3("GET", "", "versions=");
        let one = |part: &str, name: &str| {
            let (open, close) = (format!("<{name}>"), format!("</{name}>"));
            let found = between(part, &open, &close).next().unwrap_or_default();
            found.replace("&quot;", "").replace('"', "")
        };
        let parts = between(&listed.text, "<Version>", "</Version>");
        parts
            .map(|part| Version {
                key: one(part, "Key"),
                id: one(part, "VersionId"),
                etag: one(part, "ETag"),
            })
            .collect()
    }

    fn verdict(&self, version: &Version) -> Value {
        let query = format!("versionId={}", signed::encoded(&version.id));
        let content = self.s3("GET", &version.key, &query).bytes;
        let mark = signature();
        let infected = content.windows(mark.len()).any(|part| part == mark);
        let (status, threats) = if infected {
            let threat = json!([{ "name": "EICAR-Test-File (not a virus)" }]);
            ("THREATS_FOUND", threat)
        } else {
            ("NO_THREATS_FOUND", Value::Null)
        };
        let account = "000000000000";
        json!({
            "version": "0",
            "id": format!("scan-of-{}", version.id),
            "detail-type": "GuardDuty Malware Protection Object Scan Result",
            "source": "aws.guardduty",
            "account": account,
            "time": signed::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "region": "us-east-1",
            "resources": [format!("arn:aws:guardduty:us-east-1:{account}:malware-protection-plan/stand-in")],
            "detail": {
                "schemaVersion": "1.0",
                "scanStatus": "COMPLETED",
                "resourceType": "S3_OBJECT",
                "s3ObjectDetails": {
                    "bucketName": self.resource("EvidenceBucket"),
                    "objectKey": version.key,
                    "eTag": version.etag,
                    "versionId": version.id,
                    "s3Throttled": false,
                },
                "scanResultDetails": { "scanResultStatus": status, "threats": threats },
            },
        })
    }

    fn s3(&self, method: &str, key: &str, query: &str) -> crate::Reply {
        let (endpoint, bucket) = (self.endpoint("s3"), self.resource("EvidenceBucket"));
        let url = format!("{endpoint}/{bucket}/{key}?{query}");
        signed::send(method, "s3", url.trim_end_matches('?'), &[], "")
    }
}

/// The EICAR test string, put together here so that no file of the repository holds it and is taken for it.
fn signature() -> Vec<u8> {
    let parts: [&[u8]; 3] = [
        b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE",
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}",
        b"!$H+H*",
    ];
    [parts[1], b"$", parts[0], parts[2]].concat()
}
