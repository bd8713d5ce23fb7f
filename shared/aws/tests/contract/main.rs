//! The table adapter keeps every promise of the ports, on an embedded DynamoDB.

mod embedded;
mod sizes;

testkit::contract_tests!(embedded::table);
