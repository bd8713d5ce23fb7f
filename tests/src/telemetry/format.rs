//! The rules of CloudWatch's embedded metric format, as its specification has them: what breaks one is dropped by CloudWatch
//! in silence, and no alarm ever hears of it.

use serde_json::Value;

/// Units that CloudWatch knows.
const UNITS: [&str; 27] = [
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];

/// A log event's most bytes.
const LARGEST: usize = 256 * 1024;

/// The names of all metrics of a document.
pub(super) fn metric_names(document: &Value) -> Vec<&str> {
    let directives = document["_aws"]["CloudWatchMetrics"].as_array();
    let metrics = directives
        .into_iter()
        .flatten()
        .filter_map(|directive| directive["Metrics"].as_array());
    metrics
        .flatten()
        .filter_map(|metric| metric["Name"].as_str())
        .collect()
}

/// What is wrong with a document.
#[must_use]
pub fn format_faults(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    demand(
        document.to_string().len() <= LARGEST,
        "a log event is 256 KB at most".to_owned(),
    );
    let metadata = &document["_aws"];
    let at = metadata["Timestamp"].as_u64();
    demand(
        at.is_some_and(|at| (1_600_000_000_000..10_000_000_000_000).contains(&at)),
        format!(
            "the timestamp is in milliseconds since 1970, not {}",
            metadata["Timestamp"]
        ),
    );
    let directives = metadata["CloudWatchMetrics"].as_array();
    demand(
        directives.is_some(),
        "CloudWatchMetrics is a list".to_owned(),
    );
    for directive in directives.into_iter().flatten() {
        let namespace = directive["Namespace"].as_str().unwrap_or_default();
        demand(
            (1..=1024).contains(&namespace.len()) && !namespace.starts_with("AWS/"),
            format!("{namespace:?} is no namespace"),
        );
        let sets = directive["Dimensions"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        demand(!sets.is_empty(), "there is a set of dimensions".to_owned());
        for set in sets {
            let names = set.as_array().map(Vec::as_slice).unwrap_or_default();
            demand(
                set.is_array() && names.len() <= 30,
                format!("{set} is no set of dimensions"),
            );
            for name in names {
                let value = name
                    .as_str()
                    .and_then(|name| document[name].as_str())
                    .unwrap_or_default();
                demand(
                    (1..=1024).contains(&value.len()) && value.is_ascii(),
                    format!("the dimension {name} has to be a text of the document"),
                );
            }
        }
        let metrics = directive["Metrics"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        demand(
            (1..=100).contains(&metrics.len()),
            "there are 1 to 100 metrics".to_owned(),
        );
        for metric in metrics {
            let name = metric["Name"].as_str().unwrap_or_default();
            demand(
                (1..=1024).contains(&name.len()),
                format!("{metric} has no name"),
            );
            demand(
                is_value(&document[name]),
                format!("{name} has to be a number of the document"),
            );
            let unit = &metric["Unit"];
            demand(
                unit.is_null() || UNITS.iter().any(|known| unit == known),
                format!("{unit} is no unit"),
            );
        }
    }
    let mut names = metric_names(document);
    names.sort_unstable();
    demand(
        names.windows(2).all(|two| two[0] != two[1]),
        "a metric is defined once".to_owned(),
    );
    faults
}

/// A number, or up to a hundred.
fn is_value(value: &Value) -> bool {
    let many =
        |list: &Vec<Value>| (1..=100).contains(&list.len()) && list.iter().all(Value::is_number);
    value.is_number() || value.as_array().is_some_and(many)
}
