//! Waiting for something that another process does in its own time.

use std::time::{Duration, Instant};

/// Longer than anything here takes on any machine: only a test that fails waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Between two looks the other processes get the processor.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks until there is something to see, and returns it.
///
/// # Panics
/// After two minutes, with what `look` said was missing last.
pub fn until<T>(mut look: impl FnMut() -> Result<T, String>) -> T {
    let began = Instant::now();
    loop {
        match look() {
            Ok(seen) => return seen,
            Err(missing) if began.elapsed() > PATIENCE => {
                panic!("after {} s still missing: {missing}", PATIENCE.as_secs())
            }
            Err(_) => std::thread::park_timeout(PAUSE),
        }
    }
}
