//! Logs: JSON lines on standard output, each readable alone: one an invocation ([`invocation`](crate::invocation)), and a line
//! of its own for what happened to one message, one notice or one file, where the invocation's line does not say it.
//!
//! Never logged: TINs, NPIs, names, addresses, phone numbers, descriptions, tokens, whole events or
//! bodies (promise P6). Ids, codes, counts and durations are. Our own crates keep to that at every level;
//! the libraries below us do not: the runtime writes every raw event at `trace`, tokens included, and the
//! SDK every request at `debug`. So `RUST_LOG` makes only our own crates speak more than `info`.

use tracing::Level;
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

use crate::invocation::collector::{Collector, is_told};

/// Crates that never log a person: those of this workspace which run in functions. One that is not named
/// here is heard from `info` on.
const OURS: [&str; 16] = [
    "attachments",
    "aws",
    "commands",
    "deadlines",
    "domain",
    "edge",
    "feedback",
    "inspection",
    "intake",
    "notices",
    "notify",
    "objects",
    "participation",
    "relay",
    "transitions",
    "workflow",
];

/// Starts logging at the level that `RUST_LOG` names; `info` if it names none.
pub fn start() {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let discreet = filter_fn(|metadata| may_be_written(metadata.target(), *metadata.level()));
    let lines = fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_ansi(false)
        .without_time() // Lambda's log service stamps each line
        .with_filter(chosen.and(discreet));
    let told = filter_fn(|metadata| is_ours(metadata.target()) && is_told(metadata))
        .with_max_level_hint(Level::DEBUG);
    let collector = Collector.with_filter(told);
    tracing_subscriber::registry()
        .with(lines)
        .with(collector)
        .init();
}

/// Whether a crate may write at `level`, whoever asks for it.
fn may_be_written(target: &str, level: Level) -> bool {
    level <= Level::INFO || is_ours(target)
}

fn is_ours(target: &str) -> bool {
    let name = target.split_once("::").map_or(target, |(krate, _)| krate);
    OURS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_info_only_our_own_crates_speak() {
        assert!(may_be_written("workflow::change", Level::TRACE));
        assert!(may_be_written("aws", Level::DEBUG));
        assert!(may_be_written("lambda_runtime::layers", Level::INFO));
        for foreign in [
            "lambda_runtime",
            "aws_smithy_runtime::client",
            "hyper_util",
            "awss",
        ] {
            assert!(!may_be_written(foreign, Level::DEBUG), "{foreign}");
            assert!(!may_be_written(foreign, Level::TRACE), "{foreign}");
            assert!(may_be_written(foreign, Level::WARN), "{foreign}");
        }
    }
}
