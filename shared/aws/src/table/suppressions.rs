//! Addresses that get no more mail: an item a person.

use async_trait::async_trait;
use domain::{PersonKey, Suppression};
use workflow::ports::{PortError, Suppressions};

use super::failure::done_or_moot;
use super::{Table, codec, keys};

#[async_trait]
impl Suppressions for Table {
    async fn suppressed(
        &self,
        people: &[PersonKey],
    ) -> Result<Vec<(PersonKey, Suppression)>, PortError> {
        let mut found = Vec::new();
        for person in people {
            let item = self.get(keys::suppression(person)).await?;
            let why = item.map(codec::read_suppression).transpose()?;
            found.extend(why.map(|why| (person.clone(), why)));
        }
        Ok(found)
    }

    async fn suppress(&self, person: &PersonKey, why: Suppression) -> Result<(), PortError> {
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(codec::suppression_item(person, why)))
            .condition_expression("attribute_not_exists(pk)");
        done_or_moot(call.send().await)
    }
}
