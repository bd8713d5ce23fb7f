//! Each function may do exactly what it does: a permission that is taken is missed, and one that is added is noticed.

use scenarios::{Launch, TemplateCopy, permissions};

/// What `IntakeFunction` may do with the table, one action a line.
const PUT: &str = "                - dynamodb:PutItem\n                - dynamodb:DeleteItem\n              Resource";

#[test]
fn a_permission_that_is_taken_is_missed_by_the_first_call_that_needs_it() {
    let taken = "                - dynamodb:DeleteItem\n              Resource";
    let template = TemplateCopy::default().with(PUT, taken);
    let path = template.write();
    let stack = Launch::default().template(&path).start();
    let statement = stack
        .door("filer")
        .ask("POST", "/v1/statement/acceptances")
        .new_key()
        .json(&scenarios::forms::acceptance())
        .send();
    assert!(statement.status >= 500, "{}", statement.text);
    let told = "error: IntakeFunction was refused TransactWriteItems: its Policies in the template do not allow dynamodb:PutItem on \
                arn:aws:dynamodb:us-east-1:000000000000:table/ReviewsTable";
    assert!(stack.terminal().contains(told), "{}", stack.terminal());

    let report = permissions::check(Some(&path)).expect("template and notes are readable");
    assert!(!report.is_exact());
    let missing = "IntakeFunction: dynamodb:PutItem on";
    let mut missed = report.missing.iter();
    assert!(missed.any(|one| one.starts_with(missing)), "{report}");
}

#[test]
fn a_permission_that_is_added_is_used_by_nothing() {
    let added = PUT.replace(
        "- dynamodb:DeleteItem",
        "- dynamodb:DeleteItem\n                - dynamodb:DeleteTable",
    );
    let template = TemplateCopy::default().with(PUT, &added);
    let path = template.write();
    let stack = Launch::default().template(&path).start();
    stack.door("filer").accepts();

    let report = permissions::check(Some(&path)).expect("template and notes are readable");
    assert!(!report.is_exact());
    let wide = "IntakeFunction: dynamodb:DeleteTable on arn:aws:dynamodb:us-east-1:000000000000:table/ReviewsTable: nothing used it";
    let mut unused = report.unused.iter();
    assert!(unused.any(|one| one.ends_with(wide)), "{report}");
}
