//! What a program writes to its terminal, kept as it comes.

use std::io::{BufRead, BufReader, Read};
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use crate::patience::PATIENCE;

/// The terminal of a program; clones show the same.
#[derive(Clone, Default)]
pub(crate) struct Output(Arc<(Mutex<Written>, Condvar)>);

#[derive(Default)]
struct Written {
    text: String,
    /// Pipes that may still bring something.
    open: usize,
}

impl Output {
    /// Keeps all that `child` writes from now on.
    pub(crate) fn follow(&self, child: &mut Child) {
        self.pipe(child.stdout.take().expect("it is piped"));
        self.pipe(child.stderr.take().expect("it is piped"));
    }

    fn pipe(&self, pipe: impl Read + Send + 'static) {
        self.lock().open += 1;
        let output = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
                output.change(|written| {
                    written.text.push_str(&String::from_utf8_lossy(&line));
                    written.text.push('\n');
                });
            }
            output.change(|written| written.open -= 1);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Written)) {
        change(&mut self.lock());
        self.0.1.notify_all();
    }

    /// Everything so far.
    pub(crate) fn text(&self) -> String {
        self.lock().text.clone()
    }

    /// Waits for `words` behind the first `after` bytes; `false` when the program ended without them.
    ///
    /// # Panics
    /// When neither happens for two minutes.
    pub(crate) fn wait_for(&self, words: &str, after: usize) -> bool {
        let there = |written: &Written| written.text[after..].contains(words);
        let waiting = |written: &mut Written| !there(written) && written.open > 0;
        let (written, waited) = self
            .0
            .1
            .wait_timeout_while(self.lock(), PATIENCE, waiting)
            .expect("nothing panics while it is locked");
        assert!(
            !waited.timed_out(),
            "nobody wrote \"{words}\":\n{}",
            written.text
        );
        there(&written)
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.0.0.lock().expect("nothing panics while it is locked")
    }
}
