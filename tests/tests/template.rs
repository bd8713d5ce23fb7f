//! The template is the only wiring: what is changed in a copy of it changes what the stack does.

use scenarios::{Launch, Stack, TemplateCopy, forms, until};

/// Submits a review as the sample filer, and returns its id; one receipt is due.
fn submit(stack: &Stack) -> String {
    let filer = stack.door("filer");
    filer.accepts();
    let (id, revision) = filer.completes(&forms::group(), &forms::people("filer@example.org", &[]));
    filer.submits(&id, revision, "submit").expect(200);
    id
}

fn stack_of(template: &TemplateCopy) -> Stack {
    Launch::default().template(&template.write()).start()
}

#[test]
fn a_stream_filter_decides_which_events_are_told() {
    // Begun, filled, people, submitted, withdrawn: the fifth act alone is told.
    let template =
        TemplateCopy::default().with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["OUTBOX#000000000005"]"#);
    let stack = stack_of(&template);
    let id = submit(&stack);
    stack.door("filer").withdraws(&id);
    // A stream is in order: when this letter is there, the receipt was left out.
    let letters = stack.letters(1);
    assert!(
        letters[0].notice.starts_with(&format!("{id}-5-")),
        "{}",
        letters[0].notice
    );
}

#[test]
fn a_route_that_is_renamed_is_found_under_its_new_name_alone() {
    let template =
        TemplateCopy::default().with("Path: '/v1/texts/{name}'", "Path: '/v1/words/{name}'");
    let stack = stack_of(&template);
    let filer = stack.door("filer");
    let gone = filer.get("/v1/texts/disclosures").expect(404);
    assert_eq!(gone.text, r#"{"message":"Not Found"}"#);
    // The gateway lets it through now; the function's own doors do not know it, and say so in their own way.
    let moved = filer.get("/v1/words/disclosures").expect(404);
    assert_eq!(moved.header("content-type"), "application/problem+json");
}

#[test]
fn a_poison_message_is_given_up_after_as_many_tries_as_the_template_says() {
    for tries in [1, 2] {
        // Poison does not rest: it is handed out again at once.
        let template = TemplateCopy::default()
            .with("maxReceiveCount: 100", &format!("maxReceiveCount: {tries}"));
        let stack = stack_of(&template);
        stack.put("NoticesQueue", r#"{"poison": true}"#);
        let (body, _) = stack.take("NoticesDeadLetters");
        assert_eq!(body, r#"{"poison": true}"#);
        assert_eq!(
            stack.function("NotifyFunction")["invocations"],
            tries,
            "{}",
            stack.complaints()
        );
    }
}

#[test]
fn batches_are_as_large_as_the_template_says() {
    // Poison is handed out once, or it would come back at once and make batches of its own.
    let template = TemplateCopy::default().with("maxReceiveCount: 100", "maxReceiveCount: 1").with(
        "Queue: !GetAtt NoticesQueue.Arn\n            BatchSize: 10\n",
        "Queue: !GetAtt NoticesQueue.Arn\n            BatchSize: 3\n            MaximumBatchingWindowInSeconds: 300\n",
    );
    let stack = stack_of(&template);
    // With a window of five minutes only a full batch is handed on.
    for number in 0..6 {
        stack.put("NoticesQueue", &format!("poison {number}"));
    }
    until(|| {
        match stack
            .log("NotifyFunction")
            .matches("goes back to its queue")
            .count()
        {
            6.. => Ok(()),
            tried => Err(format!(
                "two batches of three; so far {tried} messages were tried"
            )),
        }
    });
    assert_eq!(stack.function("NotifyFunction")["invocations"], 2);
}

#[test]
fn another_schedule_or_another_zone_fires_at_other_times() {
    let at_noon = TemplateCopy::default()
        .outbox_tick("cron(30 12 * * ? *)")
        .without_clock_tick();
    // The clock starts at 10:00 in New York, which is 14:00 in UTC.
    let fired = |stack: &Stack, to: &str| stack.advance_clock(to).expect(200).number_at("/fired");
    let stack = stack_of(&at_noon);
    assert_eq!(fired(&stack, "2025-10-20T16:29:00Z"), 0);
    assert_eq!(fired(&stack, "2025-10-20T16:31:00Z"), 1);
    let three_days = fired(&stack, "2025-10-23T16:31:00Z");
    assert_eq!(
        three_days,
        4 * 3,
        "each once a day: at noon, twice at night, and in the morning"
    );

    let noon = "cron(30 12 * * ? *)\n      ScheduleExpressionTimezone: ";
    let in_utc = at_noon.with(&format!("{noon}America/New_York"), &format!("{noon}UTC"));
    let stack = stack_of(&in_utc);
    // The night is New York's still: what has come apart, and what is due.
    assert_eq!(fired(&stack, "2025-10-21T12:29:00Z"), 2);
    assert_eq!(fired(&stack, "2025-10-21T12:31:00Z"), 1);
    until(|| {
        match stack
            .log("DeadlinesFunction")
            .matches("\"as_of\":\"2025-10-21T12:30:00Z\"")
            .count()
        {
            0 => Err("the tick with its instant".to_owned()),
            _ => Ok(()),
        }
    });
}

#[test]
fn a_property_that_the_stack_does_not_know_stops_the_start() {
    let template = TemplateCopy::default().with(
        "      VisibilityTimeout: !Ref NoticeVisibilitySeconds",
        "      VisibilityTimeuot: !Ref NoticeVisibilitySeconds",
    );
    let (code, said) = Launch::default().template(&template.write()).refused();
    assert_ne!(code, 0);
    assert!(
        said.contains("Resources.NoticesQueue.Properties.VisibilityTimeuot"),
        "{said}"
    );
}

#[test]
fn a_parameter_is_a_parameter_of_the_template() {
    let (code, said) = Launch::default()
        .parameter("NoticeVisibilitySeconds=5")
        .refused();
    assert_ne!(code, 0);
    assert!(
        said.contains("NoticeVisibilitySeconds") && said.contains("30"),
        "{said}"
    );
}

#[test]
fn whatever_a_deployment_may_choose_runs_here_too() {
    let stack = Launch::default()
        .parameter("CustomerManagedKey=yes")
        .parameter("MailDomain=example.org")
        .parameter("AlarmEmail=operator@example.org")
        .parameter("UploadOrigins=https://a.example.org,https://b.example.org")
        .parameter("LogRetentionDays=14")
        .start();
    submit(&stack);
    assert_eq!(stack.letters(1).len(), 1);
    assert!(!stack.output("DkimRecord3").is_empty());
}
