//! The real adapter keeps the port's contract on the store that the stack runs.

use async_trait::async_trait;
use aws::{Bucket, Connection};
use scenarios::{Grant, Launch, TemplateCopy, fetch};
use testkit::contract::{StoreProbe, every_promise_of_a_store};
use workflow::ports::{DownloadUrl, Upload};

struct Http;

#[async_trait]
impl StoreProbe for Http {
    async fn put(&self, upload: &Upload, bytes: &[u8]) -> bool {
        let grant = Grant {
            file: String::new(),
            url: upload.url.clone(),
            headers: upload.headers.clone(),
        };
        grant.put(bytes).status == 200
    }

    async fn fetch(&self, url: &DownloadUrl) -> Option<Vec<u8>> {
        let fetched = fetch(&url.0);
        (fetched.status == 200).then_some(fetched.bytes)
    }
}

#[tokio::test]
async fn the_real_adapter_keeps_every_promise_of_a_store() {
    // What is not on record would be swept in the middle of it: nobody is told of these objects.
    let template = TemplateCopy::default()
        .with(
            "object: {key: [{prefix: reviews/}]}",
            "object: {key: [{prefix: none/}]}",
        )
        .with(
            "objectKey: [{prefix: reviews/}]",
            "objectKey: [{prefix: none/}]",
        );
    let stack = Launch::default().template(&template.write()).start();
    let connection = Connection::from_variables(|name| stack.variable(name));
    let name = stack.output("EvidenceBucketName").to_owned();
    let bucket = Bucket::new(&connection.expect("a connection"), name);
    every_promise_of_a_store(&bucket, &Http).await;
}
