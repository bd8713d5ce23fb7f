//! The expansion of a call to what IAM asks for.
//!
//! | call | actions | on |
//! |---|---|---|
//! | `TransactWriteItems` | PutItem, UpdateItem, DeleteItem, ConditionCheckItem, as its items are | each item's table |
//! | `TransactGetItems` | GetItem | each item's table |
//! | `BatchGetItem`, `BatchWriteItem` | themselves, and not those of single items | each table |
//! | `Query`, `Scan` with an index | themselves | the index, and not the table |
//! | `SendMessageBatch`, `DeleteMessageBatch`, `ChangeMessageVisibilityBatch` | those of single messages | the queue |
//! | `HeadObject` and `GetObject` | GetObject; of a named version, GetObjectVersion | the object |
//! | the same, of an object that is not there | also ListBucket: without it the answer is 403 and not 404 | the bucket |
//! | `DeleteObject` | DeleteObject; of a named version, DeleteObjectVersion | the object |
//! | `ListObjectsV2`, `ListObjectVersions` | ListBucket, ListBucketVersions | the bucket |
//! | a presigned request | those of the call, of whoever signed it, when it is used | |
//! | `SendRawEmail` | itself | the sender's identity, and the configuration set |
//! | any other | itself | its table or queue; everything, where the API names none |

pub(crate) mod buckets;
pub(crate) mod mail;
pub(crate) mod queues;
pub(crate) mod tables;

/// One action on one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Need {
    pub(crate) action: String,
    pub(crate) resource: String,
}

/// Where no resource can be named.
const ANYTHING: &str = "*";

/// Stands for what differs from one review to the next.
pub(super) const SOMETHING: &str = "_";

impl Need {
    pub(crate) fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: resource.into(),
        }
    }

    /// The resource without what differs from one object to the next: `…/reviews/_/_`.
    pub(super) fn shape(&self) -> String {
        let object = self
            .resource
            .strip_prefix("arn:aws:s3:::")
            .and_then(|rest| rest.split_once('/'));
        let Some((bucket, key)) = object else {
            return self.resource.clone();
        };
        let is_a_word = |part: &&str| part.bytes().all(|byte| byte.is_ascii_lowercase());
        let parts = key
            .split('/')
            .map(|part| Some(part).filter(is_a_word).unwrap_or(SOMETHING));
        let parts: Vec<_> = parts.collect();
        format!("arn:aws:s3:::{bucket}/{}", parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_noted_without_its_ids() {
        let need = Need::new(
            "s3:GetObject",
            "arn:aws:s3:::evidence/reviews/2024-K7M2-QXW5/f1",
        );
        assert_eq!(need.shape(), "arn:aws:s3:::evidence/reviews/_/_");
        let bucket = Need::new("s3:ListBucket", "arn:aws:s3:::evidence");
        assert_eq!(bucket.shape(), bucket.resource);
    }
}
