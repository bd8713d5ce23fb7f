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
        let items = self.batch(people.iter().map(keys::suppression)).await?;
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            let person = people
                .iter()
                .find(|person| item.get(keys::PK) == Some(&keys::suppression(person).pk()));
            let why = codec::read_suppression(item)?;
            found.extend(person.map(|person| (person.clone(), why)));
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
