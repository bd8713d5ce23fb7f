//! The table of a stack: read and changed behind everybody's back, through its own service, and looked after by the
//! operators' program.

use std::process::Command;

use serde_json::{Value, json};

use crate::program::{self, Ran};
use crate::{Reply, Stack, signed};

impl Stack {
    /// An item of a review, by its sort key.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn item(&self, review: &str, sort_key: &str) -> Value {
        let found = self.dynamodb("GetItem", json!({ "Key": key(review, sort_key) }));
        let item = found.body["Item"].clone();
        assert!(item.is_object(), "no {sort_key}: {}", found.text);
        item
    }

    /// Writes an item of a review over what is there.
    ///
    /// # Panics
    /// When the service does not take it.
    pub fn put_item(&self, item: &Value) {
        self.dynamodb("PutItem", json!({ "Item": item }));
    }

    /// Takes an item of a review away.
    ///
    /// # Panics
    /// When the service does not.
    pub fn delete_item(&self, review: &str, sort_key: &str) {
        self.dynamodb("DeleteItem", json!({ "Key": key(review, sort_key) }));
    }

    /// Every item of the table, as far as one reply goes.
    ///
    /// # Panics
    /// When the service does not answer.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        let found = self.dynamodb("Scan", json!({}));
        found.body["Items"].as_array().expect("a list").clone()
    }

    /// Takes any item away.
    ///
    /// # Panics
    /// When the service does not.
    pub fn take_away(&self, item: &Value) {
        let key = json!({ "pk": item["pk"], "sk": item["sk"] });
        self.dynamodb("DeleteItem", json!({ "Key": key }));
    }

    /// The name of the table, as the template's output has it.
    ///
    /// # Panics
    /// When the template has none.
    #[must_use]
    pub fn table(&self) -> &str {
        self.output("TableName")
    }

    fn dynamodb(&self, action: &str, mut request: Value) -> Reply {
        request["TableName"] = json!(self.table());
        let target = format!("DynamoDB_20120810.{action}");
        signed::call("dynamodb", self.endpoint("dynamodb"), &target, &request).expect(200)
    }

    /// The variables by which an adapter reaches this stack's services.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<String> {
        let service = name
            .strip_prefix("AWS_ENDPOINT_URL_")
            .map(str::to_lowercase);
        match (name, service) {
            ("AWS_REGION", _) => Some("us-east-1".to_owned()),
            // The stack on this machine has one key, and its store looks at it.
            ("AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY", _)
                if self.in_second_home().is_none() =>
            {
                Some("local".to_owned())
            }
            ("AWS_ACCESS_KEY_ID", _) => Some(signed::KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", _) => Some(signed::SECRET.to_owned()),
            (_, Some(service)) => Some(self.endpoint(&service).to_owned()),
            (_, None) => None,
        }
    }

    /// Runs the operators' program as an operator would who names this stack's table by the usual variables.
    #[must_use]
    pub fn operate(&self, arguments: &[&str]) -> Ran {
        program::run(
            Command::new(program::operator())
                .args(arguments)
                .env_clear()
                .env("TABLE_NAME", self.table())
                .env("AWS_REGION", "us-east-1")
                .env("AWS_ACCESS_KEY_ID", signed::KEY)
                .env("AWS_SECRET_ACCESS_KEY", signed::SECRET)
                .env("AWS_ENDPOINT_URL_DYNAMODB", self.endpoint("dynamodb")),
        )
    }

    /// Runs `cargo run -- verify-history` on this stack's data folder.
    #[must_use]
    pub fn verify_history(&self, arguments: &[&str]) -> Ran {
        self.at_the_terminal("verify-history", arguments)
    }

    /// Runs `cargo run -- redrive` on this stack's data folder.
    #[must_use]
    pub fn redrive(&self, queue: &str) -> Ran {
        self.at_the_terminal("redrive", &[queue])
    }

    /// Runs `cargo run -- reconcile` on this stack's data folder.
    #[must_use]
    pub fn reconcile(&self, arguments: &[&str]) -> Ran {
        self.at_the_terminal("reconcile", arguments)
    }

    /// Runs `cargo run -- purge` on this stack's data folder.
    #[must_use]
    pub fn purge(&self, arguments: &[&str]) -> Ran {
        self.at_the_terminal("purge", arguments)
    }

    fn at_the_terminal(&self, command: &str, arguments: &[&str]) -> Ran {
        program::run(
            Command::new(program::stack())
                .arg(command)
                .args(arguments)
                .arg("--data")
                .arg(self.data())
                .arg("--program")
                .arg(program::operator()),
        )
    }
}

fn key(review: &str, sort_key: &str) -> Value {
    json!({ "pk": { "S": format!("REVIEW#{review}") }, "sk": { "S": sort_key } })
}
