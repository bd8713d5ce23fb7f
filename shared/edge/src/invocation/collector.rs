//! Takes reviews and counts out of what use cases tell.
//!
//! An event of one of our crates with a field `review` is about that review; one with `count.<what>` or `most.<what>` tells a
//! metric, in the manner of `tracing-opentelemetry`. Events are heard here at every level, whatever is logged of them.

use std::fmt::Debug;

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

/// Notes what events tell in the record of the present invocation.
pub(crate) struct Collector;

/// Whether an event of this kind tells something for the record. The answer is the same for each of its kind, and kept.
pub(crate) fn is_told(metadata: &Metadata<'_>) -> bool {
    metadata.is_event() && metadata.fields().iter().any(|field| tells(field.name()))
}

fn tells(field: &str) -> bool {
    field == "review" || is_metric(field)
}

fn is_metric(field: &str) -> bool {
    field.starts_with("count.") || field.starts_with("most.")
}

impl<S: Subscriber> Layer<S> for Collector {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        super::note(|record| event.record(&mut Told(record)));
    }
}

struct Told<'a>(&'a mut super::Record);

impl Visit for Told<'_> {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if is_metric(field.name()) {
            self.0.count(field.name(), value);
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        // Nothing that is counted is below nothing: an age that is, is of something not due yet.
        self.record_u64(field, u64::try_from(value).unwrap_or(0));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "review" {
            self.0.concerns(format!("{value:?}"));
        }
    }
}
