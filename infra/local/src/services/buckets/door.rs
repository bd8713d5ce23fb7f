//! The S3 API as far as it is answered here; s3s has checked signatures and expiry before anything comes this way.
//!
//! What is not overridden below answers `NotImplemented`, and so does a header that would be without effect.

use std::collections::BTreeMap;
use std::sync::Arc;

use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, HeadBucketInput,
    HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListObjectVersionsInput,
    ListObjectVersionsOutput, ListObjectsV2Input, ListObjectsV2Output, PutObjectInput,
    PutObjectOutput,
};
use s3s::{S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

use super::reporter::Reporter;
use super::store::Store;
use crate::permissions::Roles;
use crate::permissions::needs::{self, Need};
use crate::services::{BucketPlan, REGION, ServiceError};

/// What the S3 API works on.
pub(super) struct Door {
    pub(super) store: Arc<Store>,
    pub(super) reporter: Reporter,
    pub(super) buckets: BTreeMap<String, BucketPlan>,
    pub(super) roles: Roles,
}

impl Door {
    fn bucket(&self, name: &str) -> S3Result<()> {
        if self.buckets.contains_key(name) {
            return Ok(());
        }
        Err(s3_error!(
            NoSuchBucket,
            "The specified bucket does not exist"
        ))
    }

    fn may<T>(&self, request: &S3Request<T>, call: &str, need: Need) -> S3Result<()> {
        let may = self.roles.may(key_of(request), call, &[need]);
        may.map_err(|denied| s3_error!(AccessDenied, "{denied}"))
    }

    /// Only who may list the bucket is told that something is not in it.
    fn not_there(&self, key: &str, call: &str, bucket: &str, error: S3Error) -> S3Error {
        let hidden = *error.code() == S3ErrorCode::NoSuchKey
            && !self.roles.may_too(key, call, &needs::buckets::list(bucket));
        if hidden {
            s3_error!(AccessDenied, "Access Denied")
        } else {
            error
        }
    }
}

/// The key that a request is signed with; s3s lets none pass that is not.
fn key_of<T>(request: &S3Request<T>) -> &str {
    let credentials = request.credentials.as_ref();
    credentials.map_or("", |credentials| credentials.access_key.as_str())
}

/// A fault of the stack itself, as S3 tells its own.
pub(super) fn internal(error: ServiceError) -> S3Error {
    tracing::error!(%error, "a bucket could not answer");
    s3_error!(InternalError, "{error}")
}

/// Refuses a request that asks for what has no effect here: silence would be another program than the deployed one.
pub(super) fn refuse(what: &[(&str, bool)]) -> S3Result<()> {
    match what.iter().find(|(_, asked)| *asked) {
        None => Ok(()),
        Some((name, _)) => Err(s3_error!(
            NotImplemented,
            "{name} has no effect on one machine"
        )),
    }
}

#[async_trait::async_trait]
impl S3 for Door {
    async fn put_object(
        &self,
        request: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let input = &request.input;
        self.bucket(&input.bucket)?;
        let need = needs::buckets::put(&input.bucket, &input.key);
        self.may(&request, "PutObject", need)?;
        let version = super::upload::take(&self.store, request).await?;
        self.reporter.tell(Arc::clone(&version));
        Ok(S3Response::new(super::upload::taken(&version)))
    }

    async fn get_object(
        &self,
        request: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        let input = &request.input;
        self.bucket(&input.bucket)?;
        let need = needs::buckets::get(&input.bucket, &input.key, input.version_id.as_deref());
        self.may(&request, "GetObject", need)?;
        let (key, bucket) = (key_of(&request).to_owned(), input.bucket.clone());
        let output = super::read::get(&self.store, request.input).await;
        let output = output.map_err(|error| self.not_there(&key, "GetObject", &bucket, error))?;
        Ok(S3Response::new(output))
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = &request.input;
        self.bucket(&input.bucket)?;
        let need = needs::buckets::get(&input.bucket, &input.key, input.version_id.as_deref());
        self.may(&request, "HeadObject", need)?;
        let output = super::read::head(&self.store, input).map_err(|error| {
            self.not_there(key_of(&request), "HeadObject", &input.bucket, error)
        })?;
        Ok(S3Response::new(output))
    }

    /// Without a version: a delete marker. With one: that version is gone for good.
    async fn delete_object(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let input = &request.input;
        self.bucket(&input.bucket)?;
        let need = needs::buckets::delete(&input.bucket, &input.key, input.version_id.as_deref());
        self.may(&request, "DeleteObject", need)?;
        let input = request.input;
        refuse(&[
            ("If-Match", input.if_match.is_some()),
            ("x-amz-if-match-size", input.if_match_size.is_some()),
            ("x-amz-mfa", input.mfa.is_some()),
        ])?;
        let (marker, version_id) = match input.version_id {
            None => {
                let marker = self.store.mark_deleted(&input.bucket, &input.key);
                (true, marker.map_err(internal)?.id.clone())
            }
            Some(id) => {
                let erased = self.store.erase(&input.bucket, &input.key, &id);
                let erased = erased.map_err(internal)?;
                let marker = erased.is_some_and(|version| version.content.is_none());
                (marker, id)
            }
        };
        Ok(S3Response::new(DeleteObjectOutput {
            delete_marker: marker.then_some(true),
            version_id: Some(version_id),
            ..DeleteObjectOutput::default()
        }))
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        self.bucket(&request.input.bucket)?;
        let need = needs::buckets::list(&request.input.bucket);
        self.may(&request, "ListObjectsV2", need)?;
        super::list::objects(&self.store, request.input).map(S3Response::new)
    }

    async fn list_object_versions(
        &self,
        request: S3Request<ListObjectVersionsInput>,
    ) -> S3Result<S3Response<ListObjectVersionsOutput>> {
        self.bucket(&request.input.bucket)?;
        let need = needs::buckets::list_versions(&request.input.bucket);
        self.may(&request, "ListObjectVersions", need)?;
        super::list::versions(&self.store, request.input).map(S3Response::new)
    }

    async fn head_bucket(
        &self,
        request: S3Request<HeadBucketInput>,
    ) -> S3Result<S3Response<HeadBucketOutput>> {
        self.bucket(&request.input.bucket)?;
        let need = needs::buckets::list(&request.input.bucket);
        self.may(&request, "HeadBucket", need)?;
        Ok(S3Response::new(HeadBucketOutput {
            bucket_region: Some(REGION.to_owned()),
            ..HeadBucketOutput::default()
        }))
    }
}
