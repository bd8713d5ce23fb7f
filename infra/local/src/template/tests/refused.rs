//! What a template is refused for, and where the fault is said to be.

use super::{BASE, plan};

#[test]
fn whatever_is_not_known_or_wrong_is_refused_where_it_stands() {
    let worker = "Resources.Worker.Properties";
    let table = [
        // unknown names
        (
            "BatchSize: 7",
            "BatchSise: 7",
            format!("{worker}.Events.Work.Properties.BatchSise"),
            "does not know what to do with BatchSise",
        ),
        (
            "Handler: worker",
            "Handler: worker\n      SnapStart: {}",
            format!("{worker}.SnapStart"),
            "SnapStart",
        ),
        (
            "Dead:\n    Type: AWS::SQS::Queue",
            "Dead:\n    Type: AWS::SQS::Quene",
            "Resources.Dead.Type".into(),
            "resource type AWS::SQS::Quene",
        ),
        (
            "Outputs:",
            "Mappings: {}\nOutputs:",
            "Mappings".into(),
            "Mappings",
        ),
        (
            "{StreamViewType: NEW_IMAGE}",
            "{StreamViewTipe: NEW_IMAGE}",
            "Resources.Things.Properties.StreamSpecification".into(),
            "StreamViewType is missing",
        ),
        (
            "maxReceiveCount: 5",
            "maxReceiveCount: 5, also: 1",
            "Resources.Work.Properties.RedrivePolicy.also".into(),
            "also",
        ),
        (
            "audience: [one]",
            "audience: [one], scopes: []",
            "Resources.Api.Properties.Auth.Authorizers.Token.JwtConfiguration.scopes".into(),
            "scopes",
        ),
        // references
        (
            "!Ref Things",
            "!Ref Thing",
            format!("{worker}.Environment.Variables.TABLE"),
            "nothing in this template is called Thing",
        ),
        (
            "!GetAtt Dead.Arn, max",
            "!GetAtt Dead.Url, max",
            "Resources.Work.Properties.RedrivePolicy.deadLetterTargetArn".into(),
            "no attribute Url",
        ),
        (
            "${Work.QueueName}",
            "${Wrk.QueueName}",
            format!("{worker}.Environment.Variables.TEXT"),
            "called Wrk",
        ),
        (
            "!If [Production, 600",
            "!If [Prod, 600",
            "Resources.Work.Properties.VisibilityTimeout[0]".into(),
            "no condition is called Prod",
        ),
        (
            "!Sub 'https://${Api}'",
            "!Sub 'https://${Apy}'",
            "Outputs.Url.Value".into(),
            "called Apy",
        ),
        (
            "!Ref Lease",
            "!ImportValue Lease",
            format!("{worker}.Environment.Variables.LEASE"),
            "ImportValue is not evaluated here",
        ),
        (
            "Stream: !GetAtt Things.StreamArn",
            "Stream: !GetAtt Things.Arn",
            format!("{worker}.Events.Stream.Properties.Stream"),
            "a stream belongs here",
        ),
        (
            "      StreamSpecification: {StreamViewType: NEW_IMAGE}\n",
            "",
            format!("{worker}.Events.Stream.Properties.Stream"),
            "no StreamSpecification",
        ),
        // types and ranges
        (
            "BatchSize: 7",
            "BatchSize: many",
            format!("{worker}.Events.Work.Properties.BatchSize"),
            "a whole number from 1 to 10",
        ),
        (
            "BatchSize: 7",
            "BatchSize: 11",
            format!("{worker}.Events.Work.Properties.BatchSize"),
            "a whole number from 1 to 10",
        ),
        (
            "maxReceiveCount: 5",
            "maxReceiveCount: 0",
            "Resources.Work.Properties.RedrivePolicy.maxReceiveCount".into(),
            "from 1 to 1000",
        ),
        (
            "Timeout: 20",
            "Timeout: [20]",
            format!("{worker}.Timeout"),
            "a text belongs here",
        ),
        (
            "Timeout: 20",
            "Timeout: 60",
            format!("{worker}.Events.Work.Properties.Queue"),
            "must not be below the Timeout",
        ),
        (
            "Runtime: provided.al2023",
            "Runtime: python3.13",
            "Globals.Function.Runtime".into(),
            "Rust binaries",
        ),
        (
            "StartingPosition: LATEST",
            "StartingPosition: NOW",
            format!("{worker}.Events.Stream.Properties.StartingPosition"),
            "NOW is no position",
        ),
        (
            r#"{"eventName": ["INSERT"]}"#,
            r#"{"eventName": "INSERT"}"#,
            format!("{worker}.Events.Stream.Properties.FilterCriteria.Filters[0].Pattern"),
            "a list of values",
        ),
        (
            "Method: get",
            "Method: fetch",
            format!("{worker}.Events.Get.Properties.Method"),
            "FETCH is no method",
        ),
        (
            "Authorizer: NONE",
            "Authorizer: Nobody",
            format!("{worker}.Events.Open.Properties.Auth.Authorizer"),
            "no authorizer called Nobody",
        ),
        (
            "SHARED: own",
            "AWS_REGION: own",
            format!("{worker}.Environment.Variables.AWS_REGION"),
            "belong to the Lambda service",
        ),
        // schedules
        (
            "cron(20 0 * * ? *)",
            "cron(20 0 * * * *)",
            "Resources.Sweep.Properties.ScheduleExpression".into(),
            "write ? for the other",
        ),
        (
            "America/New_York",
            "New York",
            "Resources.Sweep.Properties.ScheduleExpression".into(),
            "no time zone is called New York",
        ),
        (
            "{Mode: 'OFF'}",
            "{Mode: FLEXIBLE, MaximumWindowInMinutes: 5}",
            "Resources.Sweep.Properties.FlexibleTimeWindow.Mode".into(),
            "only OFF",
        ),
        (
            "State: ENABLED",
            "State: SLEEPING",
            "Resources.Sweep.Properties.State".into(),
            "SLEEPING is no state",
        ),
        (
            "Arn: !GetAtt Work.Arn\n        RoleArn",
            "Arn: !GetAtt Worker.Arn\n        RoleArn",
            "Resources.Sweep.Properties.Target.Arn".into(),
            "the ARN of a resource",
        ),
        (
            "<aws.scheduler.scheduled-time>",
            "<aws.scheduler.attempt-number>",
            "Resources.Sweep.Properties.Target.Input".into(),
            "<aws.scheduler.attempt-number> is not filled in here",
        ),
        (
            "State: ENABLED",
            "StartDate: 2026-01-01T00:00:00Z",
            "Resources.Sweep.Properties.StartDate".into(),
            "does not know what to do with StartDate",
        ),
        // what SES reports
        (
            "[send, bounce]",
            "[send, open]",
            "Resources.Told.Properties.EventDestination.MatchingEventTypes[1]".into(),
            "open never happens",
        ),
        (
            "TopicARN: !Ref Reports",
            "TopicARN: !Ref Work",
            "Resources.Told.Properties.EventDestination.SnsDestination.TopicARN".into(),
            "a topic of this template",
        ),
        (
            "ConfigurationSetName: !Ref Mail",
            "ConfigurationSetName: other",
            "Resources.Told.Properties.ConfigurationSetName".into(),
            "no configuration set",
        ),
        (
            "TopicArn: !Ref Alarms, Protocol: email",
            "TopicArn: !Ref Reports, Protocol: email",
            "Resources.Paged.Properties.Protocol".into(),
            "would not reach email here",
        ),
        (
            "Protocol: sqs",
            "Protocol: lambda",
            "Resources.Heard.Properties.Protocol".into(),
            "lambda takes no messages here",
        ),
        // buckets, and what is told of them
        (
            "{Status: Enabled}",
            "{Status: Suspended}",
            "Resources.Files.Properties.VersioningConfiguration.Status".into(),
            "only Enabled",
        ),
        (
            "      VersioningConfiguration: {Status: Enabled}\n",
            "",
            "Resources.Files.Properties".into(),
            "VersioningConfiguration is missing",
        ),
        (
            "BucketEncryption:",
            "ObjectLockEnabled:",
            "Resources.Files.Properties.ObjectLockEnabled".into(),
            "ObjectLockEnabled",
        ),
        (
            "{EventBridgeConfiguration: {EventBridgeEnabled: true}}",
            "{QueueConfigurations: []}",
            "Resources.Files.Properties.NotificationConfiguration".into(),
            "EventBridgeConfiguration is missing",
        ),
        (
            "AllowedMethods: [PUT]",
            "AllowedMethods: [PATCH]",
            "Resources.Files.Properties.CorsConfiguration.CorsRules[0].AllowedMethods[0]".into(),
            "S3 allows GET, PUT",
        ),
        (
            "AllowedOrigins: !Ref Origins",
            "AllowedOrigins: ['https://*.*']",
            "Resources.Files.Properties.CorsConfiguration.CorsRules[0].AllowedOrigins[0]".into(),
            "one * here at most",
        ),
        (
            "MaxAge: 5",
            "MaxAgeSeconds: 5",
            "Resources.Files.Properties.CorsConfiguration.CorsRules[0].MaxAgeSeconds".into(),
            "MaxAgeSeconds",
        ),
        (
            "{source: [aws.s3],",
            "{source: aws.s3,",
            "Resources.Came.Properties.EventPattern".into(),
            "a list of values",
        ),
        (
            "[{Id: one, Arn: !GetAtt Work.Arn}]",
            "[{Id: one, Arn: !GetAtt Worker.Arn}]",
            "Resources.Came.Properties.Targets[0].Arn".into(),
            "the ARN of a resource",
        ),
        (
            "[{Id: one, Arn: !GetAtt Work.Arn}]",
            "[{Id: one, Arn: !GetAtt Work.Arn, InputPath: $.detail}]",
            "Resources.Came.Properties.Targets[0].InputPath".into(),
            "InputPath",
        ),
        (
            "EventPattern:",
            "ScheduleExpression:",
            "Resources.Came.Properties".into(),
            "EventPattern is missing",
        ),
        (
            "S3Bucket: {BucketName: !Ref Files",
            "S3Bucket: {BucketName: others",
            "Resources.Scanned.Properties.ProtectedResource.S3Bucket.BucketName".into(),
            "a bucket of this template",
        ),
        (
            "      Role: !GetAtt Runs.Arn\n",
            "      Actions: {Tagging: {Status: ENABLED}}\n      Role: !GetAtt Runs.Arn\n",
            "Resources.Scanned.Properties.Actions".into(),
            "Actions",
        ),
        // parameters
        (
            "Default: 120",
            "Default: 12",
            "Parameters.Lease".into(),
            "from 60",
        ),
        (
            "{Type: Number, Default: 120, MinValue: 60}",
            "{Type: Number}",
            "Parameters.Lease".into(),
            "no Default",
        ),
        (
            "AllowedValues: [dev, production]",
            "AllowedValues: [production]",
            "Parameters.Stage".into(),
            "allowed are production",
        ),
        // YAML
        (
            "Handler: worker",
            "Handler: worker\n      Handler: other",
            worker.to_owned(),
            "Handler stands here twice",
        ),
        (
            "Handler: worker",
            "Handler: &a worker",
            format!("{worker}.Handler"),
            "anchors",
        ),
        ("Handler: worker", "Handler: 'worker", "YAML".into(), ""),
    ];
    for (before, after, place, reason) in table {
        assert!(BASE.contains(before), "the base template has no {before}");
        let fault = plan(&BASE.replacen(before, after, 1), "dev").expect_err(after);
        assert_eq!(fault.place, place, "{after}: {}", fault.reason);
        assert!(fault.reason.contains(reason), "{after}: {}", fault.reason);
    }
}

#[test]
fn a_fault_names_its_line() {
    let fault =
        plan(&BASE.replace("BatchSize: 7", "BatchSise: 7"), "dev").expect_err("it is misspelt");
    let line = BASE
        .lines()
        .position(|line| line.contains("BatchSize: 7"))
        .expect("it is there")
        + 1;
    assert_eq!(fault.line, line);
}
