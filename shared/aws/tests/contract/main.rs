//! The table adapter keeps every promise of the ports, on an embedded DynamoDB.

mod damage;
mod embedded;
mod growth;
mod pages;
mod sizes;

testkit::contract_tests!(embedded::table);
