//! S3.

use super::Need;

/// Puts an object.
pub(crate) fn put(bucket: &str, key: &str) -> Need {
    Need::new("s3:PutObject", object(bucket, key))
}

/// Reads an object or what is known of it: HEAD has no action of its own.
pub(crate) fn get(bucket: &str, key: &str, version: Option<&str>) -> Need {
    let action = match version {
        None => "s3:GetObject",
        Some(_) => "s3:GetObjectVersion",
    };
    Need::new(action, object(bucket, key))
}

/// Deletes an object, or erases a version.
pub(crate) fn delete(bucket: &str, key: &str, version: Option<&str>) -> Need {
    let action = match version {
        None => "s3:DeleteObject",
        Some(_) => "s3:DeleteObjectVersion",
    };
    Need::new(action, object(bucket, key))
}

/// Lists objects, looks at the bucket itself, or is told that an object is not there.
pub(crate) fn list(bucket: &str) -> Need {
    Need::new("s3:ListBucket", arn(bucket))
}

/// Lists versions.
pub(crate) fn list_versions(bucket: &str) -> Need {
    Need::new("s3:ListBucketVersions", arn(bucket))
}

fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

fn object(bucket: &str, key: &str) -> String {
    format!("{}/{key}", arn(bucket))
}
