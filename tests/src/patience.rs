//! Waiting for something that another process does in its own time.

use std::time::{Duration, Instant};

/// Longer than anything here takes on any machine: only a test that fails waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Between two looks the other processes get the processor.
const PAUSE: Duration = Duration::from_millis(15);

/// Of looks that are work themselves.
const LONG_PAUSE: Duration = Duration::from_millis(300);

/// Looks until there is something to see, and returns it.
///
/// # Panics
/// After two minutes, with what `look` said was missing last.
pub fn until<T>(look: impl FnMut() -> Result<T, String>) -> T {
    look_again_and_again(PATIENCE, PAUSE, look)
}

/// Looks now and then until there is something to see that takes its time, but no longer than `patience`.
///
/// # Panics
/// After that, with what `look` said was missing last.
pub(crate) fn until_within<T>(patience: Duration, look: impl FnMut() -> Result<T, String>) -> T {
    look_again_and_again(patience, LONG_PAUSE, look)
}

fn look_again_and_again<T>(
    patience: Duration,
    pause: Duration,
    mut look: impl FnMut() -> Result<T, String>,
) -> T {
    let began = Instant::now();
    loop {
        match look() {
            Ok(seen) => return seen,
            Err(missing) if began.elapsed() > patience => {
                panic!("after {} s still missing: {missing}", patience.as_secs())
            }
            Err(_) => std::thread::park_timeout(pause),
        }
    }
}
