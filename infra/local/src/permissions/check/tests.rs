use super::*;
use crate::permissions::Statement;

const REASON: &str = "once a year";

fn policy(actions: &[&str], resources: &[&str]) -> BTreeMap<String, Policy> {
    let all = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let policy = Policy {
        own: vec![Statement {
            actions: all(actions),
            resources: all(resources),
            line: 7,
        }],
        implied: vec![],
    };
    [("F".to_owned(), policy)].into()
}

fn used(facts: &[(&str, &str)]) -> BTreeSet<Used> {
    let facts = facts.iter().map(|(action, resource)| Used {
        function: "F".to_owned(),
        action: (*action).to_owned(),
        resource: (*resource).to_owned(),
        call: "Call".to_owned(),
    });
    facts.collect()
}

fn report(
    policies: &BTreeMap<String, Policy>,
    facts: &[(&str, &str)],
    excused: &[Excuse],
) -> Report {
    compare(
        Path::new("x/infra/template.yaml"),
        policies,
        &used(facts),
        excused,
    )
}

#[test]
fn what_fits_is_exact() {
    let report = report(
        &policy(&["a:Get", "a:Put"], &["t"]),
        &[("a:Get", "t"), ("a:Put", "t")],
        &[],
    );
    assert!(report.is_exact(), "{report}");
    assert_eq!(report.fitting, 2);
}

#[test]
fn what_is_missing_is_named_with_the_call_that_needs_it() {
    let report = report(
        &policy(&["a:Get"], &["t"]),
        &[("a:Get", "t"), ("a:Put", "t")],
        &[],
    );
    let told = "F: a:Put on t: its policy does not allow it, and Call needs it";
    assert_eq!(report.missing, [told]);
}

#[test]
fn each_action_must_be_used_on_each_resource() {
    let report = report(
        &policy(&["a:Get", "a:Put"], &["t", "t/index/due"]),
        &[("a:Get", "t"), ("a:Get", "t/index/due"), ("a:Put", "t")],
        &[],
    );
    let told = "infra/template.yaml:7: F: a:Put on t/index/due: nothing used it";
    assert_eq!(report.unused, [told]);
}

#[test]
fn a_wildcard_reaches_no_further_than_what_used_it() {
    let facts = [("a:Get", "b/reviews/_/_")];
    assert!(report(&policy(&["a:Get"], &["b/reviews/*"]), &facts, &[]).is_exact());
    let told = report(&policy(&["a:Get"], &["b/*"]), &facts, &[]).unused;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].ends_with("which was all of b/reviews/*"),
        "{told:?}"
    );
    let anything = report(&policy(&["a:Quota"], &["*"]), &[("a:Quota", "*")], &[]);
    assert!(anything.is_exact(), "{anything}");
}

#[test]
fn an_excuse_holds_as_long_as_it_is_needed() {
    let excuse = Excuse {
        function: "F",
        action: "a:Put",
        resource: "t",
        reason: REASON,
    };
    let policies = policy(&["a:Get", "a:Put"], &["t"]);
    let needed = report(&policies, &[("a:Get", "t")], &[excuse]);
    assert!(needed.is_exact(), "{needed}");
    assert_eq!(needed.excused, ["F: a:Put on t: once a year"]);
    let needless = report(&policies, &[("a:Get", "t"), ("a:Put", "t")], &[excuse]);
    assert!(
        needless.unused[0].ends_with("the excuse has to go"),
        "{needless}"
    );
}

#[test]
fn of_a_function_that_was_never_seen_nothing_is_said() {
    let report = report(&policy(&["a:Get"], &["t"]), &[], &[]);
    assert!(!report.is_exact());
    assert!(
        report.unused.is_empty() && report.unseen.len() == 1,
        "{report}"
    );
}
