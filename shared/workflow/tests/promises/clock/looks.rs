//! Reviews whose files are due go to whoever looks at files, by the same sweep (promise P8).

use std::collections::BTreeSet;

use jiff::SignedDuration;
use testkit::{MemoryBucket, Mishap, Op};
use workflow::clock::Bounds;

use super::stage::{Stage, tick};
use crate::files::{file, grants};

#[tokio::test]
async fn a_grant_that_nobody_used_is_looked_at_when_it_is_due_and_until_something_comes_of_it() {
    let (stage, bucket) = (Stage::new().await, MemoryBucket::default());
    for number in 0..9 {
        let draft = stage.story.draft(&format!("draft-{number}")).await;
        let key = format!("key-{number}");
        let granted = grants(&stage.story, &bucket, &draft, &key, &file(b"bytes")).await;
        granted.expect("it is granted");
    }
    let due = stage.story.filer.at + domain::UNUSED_LIMIT;
    let early = due - SignedDuration::from_millis(1);
    assert_eq!(stage.ticks(early).await.considered, 0);
    assert_eq!(stage.files.take(), []);
    for as_of in [due, due + SignedDuration::from_mins(5)] {
        stage.ticks(as_of).await;
        let looks = stage.files.take();
        assert!(looks.iter().all(|(_, at)| *at == as_of));
        assert_eq!(looks.len(), 9);
    }
    // One a message: what nobody deals with does not hide the rest.
    let bounds = Bounds {
        page: 1,
        commands: 1,
    };
    let (mut parts, mut seen) = (None, BTreeSet::new());
    loop {
        let some = stage.sweeps(&tick(due), parts, bounds).await;
        some.expect("the indexes can be read");
        seen.extend(stage.files.take().into_iter().map(|(review, _)| review));
        let Some((_, left)) = stage.queue.take_parts().pop() else {
            break;
        };
        parts = Some(left);
    }
    assert_eq!(seen.len(), 9);
    // A queue that takes no more lets the message come again.
    stage
        .store()
        .plan
        .next(Op::EnqueueLooks, Mishap::Unavailable);
    assert!(stage.sweeps(&tick(due), None, bounds).await.is_err());
}
