use serde_json::json;

use super::*;

fn matches(pattern: &Value, event: &Value) -> bool {
    let pattern: Pattern = pattern
        .to_string()
        .parse()
        .expect("the test's pattern is one");
    FilterCriteria::any_of(vec![pattern]).lets_pass(event)
}

#[test]
fn every_rule_takes_what_it_says_and_nothing_else() {
    let table = [
        (json!({"a": ["x"]}), json!({"a": "x"}), true),
        (json!({"a": ["x"]}), json!({"a": "y"}), false),
        (json!({"a": ["x", "y"]}), json!({"a": "y"}), true),
        (json!({"a": ["x"]}), json!({}), false),
        (json!({"a": ["x"]}), json!({"a": ["z", "x"]}), true),
        (json!({"a": [5]}), json!({"a": 5.0}), true),
        (json!({"a": [5]}), json!({"a": "5"}), false),
        (json!({"a": [null]}), json!({"a": null}), true),
        (json!({"a": [null]}), json!({}), false),
        (json!({"a": [true]}), json!({"a": true}), true),
        (
            json!({"a": {"b": ["x"]}}),
            json!({"a": {"b": "x", "c": 1}}),
            true,
        ),
        (json!({"a": {"b": ["x"]}}), json!({"a": "x"}), false),
        (
            json!({"a": [{"prefix": "OUTBOX#"}]}),
            json!({"a": "OUTBOX#1"}),
            true,
        ),
        (
            json!({"a": [{"prefix": "OUTBOX#"}]}),
            json!({"a": "NOTICE#1"}),
            false,
        ),
        (json!({"a": [{"prefix": "1"}]}), json!({"a": 12}), false),
        (
            json!({"a": [{"suffix": ".pdf"}]}),
            json!({"a": "b.pdf"}),
            true,
        ),
        (
            json!({"a": [{"equals-ignore-case": "abc"}]}),
            json!({"a": "ABC"}),
            true,
        ),
        (
            json!({"a": [{"anything-but": "x"}]}),
            json!({"a": "y"}),
            true,
        ),
        (
            json!({"a": [{"anything-but": ["x", "y"]}]}),
            json!({"a": "y"}),
            false,
        ),
        (
            json!({"a": [{"anything-but": {"prefix": "x"}}]}),
            json!({"a": "xy"}),
            false,
        ),
        (json!({"a": [{"anything-but": "x"}]}), json!({}), false),
        (json!({"a": [{"exists": true}]}), json!({"a": 0}), true),
        (json!({"a": [{"exists": true}]}), json!({}), false),
        (json!({"a": [{"exists": false}]}), json!({}), true),
        (json!({"a": {"b": [{"exists": false}]}}), json!({}), true),
        (
            json!({"a": [{"exists": true}]}),
            json!({"a": {"b": 1}}),
            false,
        ),
        (
            json!({"a": [{"numeric": [">", 0, "<=", 5]}]}),
            json!({"a": 5}),
            true,
        ),
        (
            json!({"a": [{"numeric": [">", 0, "<=", 5]}]}),
            json!({"a": 0}),
            false,
        ),
        (
            json!({"a": [{"numeric": ["=", 1]}]}),
            json!({"a": "1"}),
            false,
        ),
        (
            json!({"$or": [{"a": ["x"]}, {"b": ["y"]}]}),
            json!({"b": "y"}),
            true,
        ),
        (
            json!({"$or": [{"a": ["x"]}, {"b": ["y"]}]}),
            json!({"b": "z"}),
            false,
        ),
        (
            json!({"c": [1], "$or": [{"a": ["x"]}, {"b": ["y"]}]}),
            json!({"b": "y"}),
            false,
        ),
    ];
    for (pattern, event, expected) in table {
        assert_eq!(matches(&pattern, &event), expected, "{pattern} on {event}");
    }
}

#[test]
fn no_filter_lets_everything_pass() {
    assert!(FilterCriteria::default().lets_pass(&json!({"any": "thing"})));
}

#[test]
fn any_one_of_several_filters_is_enough() {
    let patterns =
        [r#"{"a": ["x"]}"#, r#"{"b": ["y"]}"#].map(|text| text.parse().expect("a pattern"));
    let criteria = FilterCriteria::any_of(patterns.to_vec());
    assert!(criteria.lets_pass(&json!({"b": "y"})));
    assert!(!criteria.lets_pass(&json!({"b": "x"})));
}

#[test]
fn what_is_no_pattern_is_refused_with_its_place() {
    let table = [
        ("{", "not JSON"),
        (r#"["INSERT"]"#, "an object belongs here"),
        (r#"{"eventName": "INSERT"}"#, "eventName: a list of values"),
        (r#"{"a": []}"#, "an empty list"),
        (r#"{"a": [["x"]]}"#, "a list inside a list"),
        (
            r#"{"a": [{"wildcard": "x*"}]}"#,
            "a: this rule is not known",
        ),
        (r#"{"a": [{"prefix": "x", "suffix": "y"}]}"#, "one name"),
        (r#"{"a": [{"prefix": 1}]}"#, "takes a text"),
        (r#"{"a": [{"exists": "yes"}]}"#, "true or false"),
        (r#"{"a": [{"numeric": [">"]}]}"#, "takes pairs"),
        (r#"{"a": [{"numeric": ["~", 1]}]}"#, "takes pairs"),
    ];
    for (text, expected) in table {
        let error = text
            .parse::<Pattern>()
            .expect_err("the test's text is no pattern")
            .to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}
