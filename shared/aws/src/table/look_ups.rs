//! What the participation look-up said, and whose turn it is to ask it.
//!
//! A second's turns are that many items which can be put once. So taking one is a put like any other, and
//! no counter needs to be read, changed and given back.

use async_trait::async_trait;
use jiff::Timestamp;
use workflow::ports::{LookUps, PortError, TURNS, Turn};
use workflow::{LookUpKey, Remembered};

use super::failure::{is_refused, unavailable};
use super::{Table, codec, keys};

#[async_trait]
impl LookUps for Table {
    async fn remembered(
        &self,
        key: &LookUpKey,
        now: Timestamp,
    ) -> Result<Option<Remembered>, PortError> {
        let found = self.get(keys::look_up(key)).await?;
        let answer = found.map(codec::read_look_up).transpose()?;
        // It may be there for days after it expired.
        Ok(answer.filter(|answer| now < answer.expires_at))
    }

    async fn remember(&self, key: &LookUpKey, answer: &Remembered) -> Result<(), PortError> {
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(codec::look_up_item(key, answer)));
        call.send()
            .await
            .map(|_| ())
            .map_err(|error| unavailable(&error))
    }

    async fn take_turn(&self, at: Timestamp) -> Result<Turn, PortError> {
        for place in 0..TURNS {
            let call = self
                .client
                .put_item()
                .table_name(&self.name)
                .set_item(Some(codec::turn_item(at, place)))
                .condition_expression("attribute_not_exists(pk)");
            match call.send().await {
                Ok(_) => return Ok(Turn::Taken),
                Err(error) if is_refused(&error) => {}
                Err(error) => return Err(unavailable(&error)),
            }
        }
        Ok(Turn::NoneLeft)
    }
}
