//! The operators' manual, held to the template and to the programs: whoever is woken at night must be able to believe it.

use std::collections::BTreeSet;

use super::alarms::alarm_names;
use super::template::Written;
use crate::house::Fault;

/// What is wrong with `docs/operations.md` as a manual of this template.
#[must_use]
pub fn faults_of_manual(manual: &str, template: &Written) -> Vec<Fault> {
    let alarms: BTreeSet<_> = alarm_names(template).into_iter().collect();
    let sections: Vec<_> = manual
        .lines()
        .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
        .map(str::to_owned)
        .collect();
    let mut faults = Vec::new();
    for alarm in &alarms {
        match sections.iter().filter(|section| *section == alarm).count() {
            1 => {}
            times => faults.push(fault(
                alarm,
                &format!("the alarm has {times} sections"),
                "one, that says what it means, what to look at and what to do",
            )),
        }
    }
    for section in &sections {
        if !alarms.contains(section) {
            faults.push(fault(
                section,
                "no such alarm is in the template",
                "take the section away, or mend its name",
            ));
        }
        let text = section_of(manual, section);
        for part in ["**Means**", "**Look at**", "**Do**"] {
            if !text.contains(part) {
                faults.push(fault(section, &format!("it has no {part}"), "say it"));
            }
        }
    }
    for command in commands(manual) {
        let arguments: Vec<_> = command.split_whitespace().collect();
        let understood = match arguments.as_slice() {
            ["operate", arguments @ ..] => operate::understands(arguments),
            ["cargo", "run", "--", arguments @ ..] => local::understands(arguments),
            _ => Ok(()),
        };
        if let Err(said) = understood {
            faults.push(fault(
                &command,
                &format!("the program does not understand it: {said}"),
                "write it as its --help says",
            ));
        }
    }
    faults.extend(sums(manual));
    faults
}

fn fault(place: &str, wrong: &str, instead: &str) -> Fault {
    Fault {
        place: format!("docs/operations.md: {place}"),
        wrong: wrong.to_owned(),
        instead: instead.to_owned(),
    }
}

fn section_of<'a>(manual: &'a str, alarm: &str) -> &'a str {
    let whole = manual.split_once(&format!("### `{alarm}`\n"));
    let text = whole.map_or("", |(_, rest)| rest);
    text.split_once("\n#").map_or(text, |(own, _)| own)
}

/// The commands of our programs that are quoted, between backticks or in a block.
#[must_use]
pub fn commands(manual: &str) -> Vec<String> {
    let ours = |text: &&str| text.starts_with("operate ") || text.starts_with("cargo run -- ");
    let mut commands = Vec::new();
    let mut block = false;
    for line in manual.lines().map(str::trim) {
        if line.starts_with("```") {
            block = !block;
        } else if block {
            // A variable for this one command may stand before it.
            let command = line.strip_prefix("TABLE_NAME=$NEW ").unwrap_or(line);
            commands.extend(Some(command).filter(ours).map(str::to_owned));
        } else {
            let quoted = line.split('`').skip(1).step_by(2);
            commands.extend(quoted.filter(ours).map(str::to_owned));
        }
    }
    commands.retain(|command| !command.ends_with("--help"));
    commands
}

/// The table of costs adds up: each line to a cent, the last one to the sum of what stands above it.
fn sums(manual: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut total = 0.0;
    for line in manual.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let number = |index: usize| cells.get(index).and_then(|cell| cell.parse::<f64>().ok());
        match (number(1), number(2), number(3), number(4)) {
            (Some(count), Some(price), Some(each), Some(cost)) => {
                total += cost;
                if (count * price / each - cost).abs() > 0.0051 {
                    faults.push(fault(
                        cells[0],
                        "the cost is not count × price",
                        "compute it anew",
                    ));
                }
            }
            (None, None, None, Some(sum)) if cells[0] == "**all**" => {
                if (sum - total).abs() > 0.001 {
                    faults.push(fault(
                        "the table of costs",
                        &format!("it adds up to {total:.2}"),
                        "mend the last line",
                    ));
                }
                total = 0.0;
            }
            _ => {}
        }
    }
    faults
}
