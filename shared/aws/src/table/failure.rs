//! Turns SDK errors into port errors that hold no stored value.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use workflow::ports::PortError;

/// A call failed.
pub(super) fn unavailable<E: ProvideErrorMetadata + std::error::Error, R>(
    error: &SdkError<E, R>,
) -> PortError {
    let word = match error {
        SdkError::ServiceError(refusal) => {
            refusal.err().code().unwrap_or("service error").to_owned()
        }
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        SdkError::DispatchFailure(_) => "no connection, or it broke".to_owned(),
        SdkError::ConstructionFailure(_) => "the request could not be built".to_owned(),
        SdkError::ResponseError(_) | _ => "the reply could not be read".to_owned(),
    };
    PortError::Unavailable {
        service: "DynamoDB",
        source: word.into(),
    }
}

/// A call was answered in a way that it never should be.
pub(super) fn unexpected(word: &'static str) -> PortError {
    PortError::Unavailable {
        service: "DynamoDB",
        source: word.into(),
    }
}
