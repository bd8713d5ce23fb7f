//! Logs: JSON lines on standard output, one a happening, each readable alone.
//!
//! Never logged: TINs, NPIs, names, addresses, phone numbers, descriptions, tokens, whole events or
//! bodies (promise P6). Ids, codes, counts and durations are.

use tracing_subscriber::EnvFilter;

/// Starts logging at the level that `RUST_LOG` names; `info` if it names none.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_current_span(false)
        .with_span_list(false)
        .with_ansi(false)
        .without_time() // Lambda's log service stamps each line
        .init();
}
