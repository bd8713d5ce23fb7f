//! The store in memory keeps the contract.

use testkit::{MemoryStore, Subject};

async fn memory() -> Subject<MemoryStore, MemoryStore> {
    MemoryStore::subject()
}

testkit::contract_tests!(memory);
