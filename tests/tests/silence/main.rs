//! No person in a log, a queue, a metric or on the terminal (promise P6): all stories with a marker in every personal field,
//! faulty requests and poison included, and then a look at everything that was written.

mod acts;
mod files;
mod look;
mod markers;
mod team;

use acts::Cast;
use look::Secrets;
use scenarios::{Launch, Stack, TemplateCopy, until};

/// How one run differs from another.
struct Run {
    level: &'static str,
    /// Whether the stream tells `relay` of what happened, or nobody, so that the sweep has to find it.
    fast: bool,
}

/// As people run it; at the loudest; and by the tick alone.
const RUNS: [Run; 3] = [
    Run {
        level: "info",
        fast: true,
    },
    Run {
        level: "trace",
        fast: true,
    },
    Run {
        level: "trace",
        fast: false,
    },
];

/// By then everything that was due is found: an hour and a half after the start, and an hour later.
const LATER: [&str; 2] = ["2025-10-20T15:30:00Z", "2025-10-20T16:30:00Z"];

impl Run {
    fn start(&self, participation: &str) -> Stack {
        let template = TemplateCopy::default();
        let template = if self.fast {
            template
        } else {
            template.with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["NOTHING"]"#)
        };
        Launch::default()
            .template(&template.write())
            // What fails by chance is taken up within seconds.
            .parameter("NoticeLeaseSeconds=2")
            .parameter("NoticeDoubtSeconds=5")
            .parameter("NoticeVisibilitySeconds=30")
            .parameter(&format!("LogLevel={}", self.level))
            .parameter(&format!("ParticipationUrl={participation}"))
            .start()
    }
}

/// Moves the clock, and waits until nothing is on its way.
fn jump(stack: &Stack, to: &str) {
    stack.advance_clock(to).expect(200);
    until(|| match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait\n{}", stack.complaints())),
    });
}

/// All that is played, and the tokens that it took.
fn a_full_run(stack: &Stack) -> (Vec<String>, Secrets) {
    let first = Cast::of(stack);
    let played = acts::play(stack, &first);
    jump(stack, LATER[0]);
    // After an hour a token has ended.
    let second = Cast::of(stack);
    acts::go_on(&second, &played);
    jump(stack, LATER[1]);
    assert!(
        stack
            .all_letters()
            .iter()
            .any(|letter| letter.text.contains("Marigold")),
        "the markers were there to be leaked"
    );
    let tokens = [first.tokens(), second.tokens()].concat();
    (played.reviews(), Secrets::of(&tokens))
}

/// What operators see, of sound histories and of one that is not; and what becomes of poison.
fn assert_silent_commands(stack: &Stack, reviews: &[String], secrets: &Secrets) {
    let mut ran = vec![stack.operate(&["verify-history", "--all"])];
    acts::tamper(stack, &reviews[0]);
    ran.push(stack.operate(&["verify-history", "--all"]));
    ran.push(stack.verify_history(&[&reviews[0]]));
    ran.push(stack.operate(&["verify-history", "periwinkle"]));
    assert_eq!(
        ran.iter().map(|ran| ran.code).collect::<Vec<_>>(),
        [0, 1, 1, 2]
    );
    acts::poison(stack);
    ran.extend(
        ["notices", "feedback", "ticks", "commands", "objects"].map(|queue| stack.redrive(queue)),
    );
    for ran in ran {
        // What somebody types themselves may be quoted to them.
        let told = format!("{}{}", ran.out, ran.err.replace("'periwinkle'", ""));
        secrets.assert_silent("what operators see", &told);
    }
}

/// Functions, and how much each writes at least.
const LOGS: [(&str, usize); 9] = [
    ("IntakeFunction", 50),
    ("TransitionsFunction", 4),
    ("AttachmentsFunction", 4),
    ("ObjectsFunction", 4),
    ("RelayFunction", 4),
    ("NotifyFunction", 10),
    ("FeedbackFunction", 2),
    ("DeadlinesFunction", 2),
    ("CommandsFunction", 2),
];

#[test]
fn nothing_that_is_written_holds_a_person() {
    for run in RUNS {
        let directory = markers::directory();
        let mut stack = run.start(directory.url());
        let (reviews, secrets) = a_full_run(&stack);
        assert_eq!(directory.asked().len(), 2);
        assert_silent_commands(&stack, &reviews, &secrets);
        for (function, least) in LOGS {
            let idle = function == "RelayFunction" && !run.fast;
            let log = look::log_of(&stack, function, if idle { 0 } else { least });
            secrets.assert_silent(&format!("the log of {function} at {}", run.level), &log);
            let with_metrics = look::assert_plain_metrics(&stack, function);
            assert!(
                idle || with_metrics > 0,
                "nothing of {function} was measured"
            );
        }
        stack.kill();
        secrets.assert_silent("the terminal", &stack.terminal());
        secrets.assert_silent_queues(&stack);
        secrets.assert_silent_files(&stack);
    }
}
