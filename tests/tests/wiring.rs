//! The template has what every deployment must have, and a copy in which one thing is missing is refused for it.

use scenarios::{
    house::{self, Fault},
    template_text,
    wiring::{self, Written},
};

#[test]
fn the_template_has_all_that_a_deployment_must_have() {
    house::assert_none(&wiring::faults(&Written::read(&template_text())));
}

/// The faults of the template after one change.
fn after(old: &str, new: &str) -> Vec<Fault> {
    let text = template_text();
    assert!(text.contains(old), "the template has no `{old}`");
    wiring::faults(&Written::read(&text.replacen(old, new, 1)))
}

#[test]
fn whatever_is_taken_away_is_missed() {
    let cases = [
        // queues
        (
            "      RedrivePolicy:\n        deadLetterTargetArn: !GetAtt ObjectsDeadLetters.Arn\n        maxReceiveCount: 5\n",
            "",
            "ObjectsQueue",
            "has no end",
        ),
        (
            "VisibilityTimeout: 360 # six times the timeout of ObjectsFunction",
            "VisibilityTimeout: 359",
            "ObjectsQueue",
            "come again after",
        ),
        (
            "      Handler: notify\n      Timeout: 30",
            "      Handler: notify\n      Timeout: 31",
            "NoticesQueue",
            "come again after",
        ),
        (
            "            FunctionResponseTypes: [ReportBatchItemFailures]\n            ScalingConfig: {MaximumConcurrency: 2}",
            "            ScalingConfig: {MaximumConcurrency: 2}",
            "NotifyFunction",
            "stops its batch",
        ),
        (
            "Queue: !GetAtt ObjectsQueue.Arn\n            BatchSize: 5\n            FunctionResponseTypes: [ReportBatchItemFailures]\n            ScalingConfig: {MaximumConcurrency: 5}\n",
            "Queue: !GetAtt ObjectsQueue.Arn\n            BatchSize: 5\n            FunctionResponseTypes: [ReportBatchItemFailures]\n",
            "ObjectsFunction",
            "nothing holds back",
        ),
        (
            "BisectBatchOnFunctionError: true",
            "BisectBatchOnFunctionError: false",
            "RelayFunction",
            "holds up the stream",
        ),
        (
            "maxReceiveCount: 100",
            "maxReceiveCount: 10",
            "NoticesQueue",
            "given up before",
        ),
        (
            "  RelayFailures:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600",
            "  RelayFailures:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 86400",
            "RelayFailures",
            "not kept for 14 days",
        ),
        // alarms
        (
            "Value: !GetAtt TicksDeadLetters.QueueName",
            "Value: !GetAtt TicksQueue.QueueName",
            "TicksDeadLetters",
            "nobody hears of what was given up",
        ),
        (
            "MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref IntakeFunction",
            "MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref TransitionsFunction",
            "IntakeFunction",
            "Errors are counted by 0",
        ),
        (
            "MetricName: IteratorAge",
            "MetricName: Duration",
            "RelayFunction",
            "stream lags",
        ),
        (
            "MetricName: Reputation.BounceRate",
            "MetricName: Bounce",
            "Reputation.BounceRate",
            "no alarm",
        ),
        (
            "      AlarmActions: [!Ref Alarms]\n",
            "",
            "NoticesDeadLettersAlarm",
            "nobody hears",
        ),
        // logs
        (
            "      LoggingConfig: {LogGroup: !Ref RelayLog}\n",
            "",
            "RelayFunction",
            "never forgets",
        ),
        ("    Tracing: Active\n", "", "IntakeFunction", "not traced"),
        (
            "      Handler: relay\n",
            "      Handler: relay\n      ReservedConcurrentExecutions: 1\n",
            "RelayFunction",
            "reserves",
        ),
        (
            "      RetentionInDays: !Ref LogRetentionDays\n",
            "",
            "IntakeLog",
            "kept for ever",
        ),
        // data
        (
            "DeletionProtectionEnabled: true",
            "DeletionProtectionEnabled: false",
            "ReviewsTable",
            "lost by one call",
        ),
        (
            "    UpdateReplacePolicy: Retain\n",
            "",
            "ReviewsTable",
            "goes with the stack",
        ),
        (
            "RestrictPublicBuckets: true",
            "RestrictPublicBuckets: false",
            "EvidenceBucket",
            "public",
        ),
        (
            "{Bool: {'aws:SecureTransport': 'false'}}",
            "{Bool: {'aws:SecureTransport': 'true'}}",
            "EvidenceBucket",
            "without TLS",
        ),
        // the API
        (
            "        DefaultAuthorizer: Token\n",
            "",
            "Api",
            "open to all",
        ),
        (
            "        ThrottlingBurstLimit: !Ref RequestBurst\n",
            "",
            "Api",
            "as the account can pay",
        ),
        ("$context.routeKey", "$context.path", "Api", "holds path"),
        (
            "$context.requestId",
            "$context.identity.sourceIp",
            "Api",
            "holds identity.sourceIp",
        ),
    ];
    for (old, new, resource, words) in cases {
        let faults = after(old, new);
        let place = format!("infra/template.yaml: {resource}");
        let named = faults
            .iter()
            .any(|fault| fault.place == place && fault.wrong.contains(words));
        assert!(named, "`{old}` → `{new}`: {faults:?}");
    }
}

const MANUAL: &str = include_str!("../../docs/operations.md");

#[test]
fn the_manual_has_every_alarm_and_only_commands_that_exist() {
    let template = Written::read(&template_text());
    house::assert_none(&wiring::faults_of_manual(MANUAL, &template));
    let commands = wiring::commands(MANUAL);
    for verb in [
        "redrive",
        "reconcile",
        "verify-history",
        "undeliverable",
        "record-sent",
    ] {
        let quoted = commands
            .iter()
            .any(|command| command.starts_with(&format!("operate {verb}")));
        assert!(quoted, "operate {verb} is nowhere in the manual");
    }
}

#[test]
fn a_manual_that_is_wrong_is_refused() {
    let template = Written::read(&template_text());
    let cases = [
        (
            "### `ApartAlarm`",
            "### `ApartAlarms`",
            "ApartAlarm",
            "0 sections",
        ),
        (
            "### `ApartAlarm`",
            "### `ApartAlarms`",
            "ApartAlarms",
            "no such alarm",
        ),
        (
            "**Look at**: which one",
            "Which one",
            "DoorErrorsAlarm",
            "no **Look at**",
        ),
        (
            "`operate redrive objects`",
            "`operate redrive files`",
            "operate redrive files",
            "does not understand",
        ),
        (
            "operate undeliverable --with-phone\n",
            "operate undeliverable --phones\n",
            "operate undeliverable --phones",
            "does not understand",
        ),
        (
            "`cargo run -- redrive notices`",
            "`cargo run -- redrives notices`",
            "cargo run -- redrives notices",
            "does not understand",
        ),
        (
            "| SES, letters | 11000 |",
            "| SES, letters | 12000 |",
            "SES, letters",
            "not count × price",
        ),
        (
            "| **all** | | | | 3.",
            "| **all** | | | | 4.",
            "the table of costs",
            "adds up to",
        ),
    ];
    for (old, new, place, words) in cases {
        assert!(MANUAL.contains(old), "the manual has no `{old}`");
        let faults = wiring::faults_of_manual(&MANUAL.replace(old, new), &template);
        let place = format!("docs/operations.md: {place}");
        let named = faults
            .iter()
            .any(|fault| fault.place == place && fault.wrong.contains(words));
        assert!(named, "`{new}`: {faults:?}");
    }
}
