//! Who may depend on whom: `domain ← {inspection, notices}`, `domain ← workflow ← {aws, edge, participation, testkit} ←
//! functions`. The local stack runs functions as processes and links nothing of ours; operators' commands use the same use
//! cases and adapters as functions do.

use super::fault::Fault;
use super::members::{Dependency, Kind, Member, Room};

/// What one member may ask for of the workspace.
struct Standing {
    ships: &'static [&'static str],
    for_tests: &'static [&'static str],
}

/// The design, as a table. A new shared crate takes its place here, and in ARCHITECTURE.md.
fn standing(member: &Member) -> Option<Standing> {
    let standing = match (member.room, member.name.as_str()) {
        (Room::Shared, "domain") => Standing {
            ships: &[],
            for_tests: &[],
        },
        (Room::Shared, "notices") => Standing {
            ships: &["domain"],
            for_tests: &[],
        },
        (Room::Shared, "inspection") => Standing {
            ships: &["domain"],
            for_tests: &["testkit"],
        },
        (Room::Shared, "workflow") => Standing {
            ships: &["domain"],
            for_tests: &["testkit"],
        },
        (Room::Shared, "aws" | "edge" | "participation") => Standing {
            ships: &["domain", "workflow"],
            for_tests: &["testkit"],
        },
        (Room::Shared, "testkit") => Standing {
            ships: &["domain", "workflow"],
            for_tests: &[],
        },
        (Room::Functions, _) => Standing {
            ships: &[
                "domain",
                "workflow",
                "notices",
                "aws",
                "edge",
                "inspection",
                "participation",
            ],
            for_tests: &["testkit"],
        },
        (Room::LocalStack, _) => Standing {
            ships: &[],
            for_tests: &[],
        },
        (Room::Operators, _) => Standing {
            ships: &["domain", "workflow", "aws"],
            for_tests: &["testkit"],
        },
        // The programs of both are built by the build that builds the scenarios (tests/src/bin). Of HTTP functions it
        // asks what they say of their doors (tests/src/api.rs).
        (Room::Scenarios, _) => Standing {
            ships: &[
                "domain",
                "workflow",
                "notices",
                "testkit",
                "local",
                "operate",
                "intake",
                "attachments",
            ],
            for_tests: &[],
        },
        (Room::Shared | Room::Unknown, _) => return None,
    };
    Some(standing)
}

/// Every dependency of one member on another that the design does not draw.
#[must_use]
pub fn forbidden_directions(members: &[Member]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for member in members {
        let Some(standing) = standing(member) else {
            faults.push(Fault {
                place: member.name.clone(),
                wrong: "this member has no place in the design".into(),
                instead: "give it one in tests/src/house/rooms.rs and in ARCHITECTURE.md, or move its code into a room that has one".into(),
            });
            continue;
        };
        for dependency in member
            .dependencies
            .iter()
            .filter(|dependency| dependency.ours)
        {
            let name = dependency.name.as_str();
            let drawn = match dependency.kind {
                Kind::Shipped => standing.ships.contains(&name),
                Kind::ForTests => {
                    standing.ships.contains(&name) || standing.for_tests.contains(&name)
                }
            };
            if !drawn {
                faults.push(wrong_way(member, dependency));
            }
        }
    }
    faults
}

fn wrong_way(member: &Member, dependency: &Dependency) -> Fault {
    let instead = match member.room {
        Room::LocalStack => {
            "the local stack runs functions as processes, by the template alone: talk to them through their doors"
        }
        Room::Operators => {
            "an operator's command is a use case of shared/workflow: write it there, and call it from here"
        }
        Room::Functions => "functions share code through shared/*, never with each other",
        Room::Shared | Room::Scenarios | Room::Unknown => {
            "define the port where it is needed (shared/workflow), and let the outer crate implement it"
        }
    };
    Fault {
        place: member.name.clone(),
        wrong: format!(
            "depends on `{}`, against the direction domain ← workflow ← {{aws, edge, participation, testkit}} ← functions",
            dependency.name
        ),
        instead: instead.into(),
    }
}

/// A family of third-party crates that only some rooms may name.
struct Platform {
    covers: fn(&str) -> bool,
    ships_in: fn(&Member) -> bool,
    tested_by: fn(&Member) -> bool,
    instead: &'static str,
}

const PLATFORMS: [Platform; 3] = [
    Platform {
        covers: |krate| krate.starts_with("aws-") || krate == "serde_dynamo",
        ships_in: |member| member.name == "aws",
        tested_by: |member| matches!(member.room, Room::LocalStack | Room::Scenarios),
        instead: "only shared/aws names the SDK: ask for a port of shared/workflow",
    },
    Platform {
        covers: |krate| krate.starts_with("lambda_") || krate == "aws_lambda_events",
        ships_in: |member| member.name == "edge" || member.room == Room::Functions,
        tested_by: |member| matches!(member.room, Room::LocalStack | Room::Scenarios),
        instead: "only shared/edge and the functions know that they run on Lambda: move the work to shared/workflow",
    },
    Platform {
        covers: |krate| matches!(krate, "chrono" | "time"),
        // The embedded services speak chrono at their seams.
        ships_in: |member| member.room == Room::LocalStack,
        tested_by: |_| false,
        instead: "there is one calendar here, jiff: a second one is a second idea of a day",
    },
];

/// Every third-party crate that a manifest names outside the room that it belongs to. `local` and `scenarios` may name the
/// SDK and Lambda in their tests.
#[must_use]
pub fn misplaced_platforms(members: &[Member]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for member in members {
        for dependency in member
            .dependencies
            .iter()
            .filter(|dependency| !dependency.ours)
        {
            for platform in PLATFORMS
                .iter()
                .filter(|platform| (platform.covers)(&dependency.name))
            {
                let only_tests =
                    dependency.kind == Kind::ForTests || member.room == Room::Scenarios;
                if !((platform.ships_in)(member) || only_tests && (platform.tested_by)(member)) {
                    faults.push(Fault {
                        place: member.name.clone(),
                        wrong: format!("names `{}`", dependency.name),
                        instead: platform.instead.into(),
                    });
                }
            }
        }
    }
    faults
}
