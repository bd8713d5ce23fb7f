//! Turns SDK errors into port errors that hold no stored value.

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workflow::ports::PortError;

/// A call failed.
pub(super) fn unavailable<E, R>(error: &SdkError<E, R>) -> PortError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    let word = match error {
        SdkError::ServiceError(refusal) => {
            refusal.err().code().unwrap_or("service error").to_owned()
        }
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        // The connector's own words are of hosts and sockets, never of what was sent.
        SdkError::DispatchFailure(_) => {
            format!("no connection, or it broke: {}", DisplayErrorContext(error))
        }
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

/// Whether a conditional write was answered by its condition: it did not hold.
pub(super) fn is_refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code() == Some("ConditionalCheckFailedException")
}

/// A conditional write that was done, or that had nothing left to do: its condition did not hold any more.
pub(super) fn done_or_moot<T, E, R>(reply: Result<T, SdkError<E, R>>) -> Result<(), PortError>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match reply {
        Ok(_) => Ok(()),
        Err(error) if is_refused(&error) => Ok(()),
        Err(error) => Err(unavailable(&error)),
    }
}
