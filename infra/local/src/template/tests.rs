use std::time::Duration;

use super::*;
use crate::services::{
    BucketPlan, CorsRulePlan, EventDestinationPlan, MailEvent, RulePlan, ScanPlan, SubscriptionPlan,
};

mod policies;
mod refused;

/// A small template in which each test changes one line.
const BASE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Issuer: {Type: String}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, production]}
  Lease: {Type: Number, Default: 120, MinValue: 60}
  Origins: {Type: CommaDelimitedList, Default: 'https://a.example.org, https://b.example.org'}
Conditions:
  Production: !Equals [!Ref Stage, production]
  NotProduction: !Not [Condition: Production]
Globals:
  Function:
    Runtime: provided.al2023
    Timeout: 5
    Environment: {Variables: {SHARED: global, STAGE: !Ref Stage}}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Token
        Authorizers:
          Token:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: !Ref Issuer, audience: [one]}
  Things:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Work:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !If [Production, 600, 30]
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}
  Dead:
    Type: AWS::SQS::Queue
  Mail:
    Type: AWS::SES::ConfigurationSet
    Properties: {Name: letters}
  Reports:
    Type: AWS::SNS::Topic
  Told:
    Type: AWS::SES::ConfigurationSetEventDestination
    Properties:
      ConfigurationSetName: !Ref Mail
      EventDestination:
        Enabled: true
        MatchingEventTypes: [send, bounce]
        SnsDestination: {TopicARN: !Ref Reports}
  Heard:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Reports, Protocol: sqs, Endpoint: !GetAtt Work.Arn, RawMessageDelivery: true}
  Alarms:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: alarms}
  Paged:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Alarms, Protocol: email, Endpoint: ops@example.org}
  Allowed:
    Type: AWS::SQS::QueuePolicy
    Properties: {Queues: [!Ref Work]}
  Count:
    Type: AWS::Logs::MetricFilter
    Properties: {FilterPattern: x}
  Runs:
    Type: AWS::IAM::Role
  Sweep:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: cron(20 0 * * ? *)
      ScheduleExpressionTimezone: America/New_York
      FlexibleTimeWindow: {Mode: 'OFF'}
      State: ENABLED
      Target:
        Arn: !GetAtt Work.Arn
        RoleArn: !GetAtt Runs.Arn
        Input: '{"at": "<aws.scheduler.scheduled-time>"}'
        RetryPolicy: {MaximumRetryAttempts: 5}
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: {ServerSideEncryptionConfiguration: []}
      VersioningConfiguration: {Status: Enabled}
      NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}
      CorsConfiguration: {CorsRules: [{AllowedOrigins: !Ref Origins, AllowedMethods: [PUT], MaxAge: 5}]}
  Came:
    Type: AWS::Events::Rule
    Properties:
      State: ENABLED
      EventPattern: {source: [aws.s3], detail: {bucket: {name: [!Ref Files]}}}
      Targets: [{Id: one, Arn: !GetAtt Work.Arn}]
  Scanned:
    Type: AWS::GuardDuty::MalwareProtectionPlan
    Properties:
      Role: !GetAtt Runs.Arn
      ProtectedResource: {S3Bucket: {BucketName: !Ref Files, ObjectPrefixes: [reviews/]}}
  OnlyInProduction:
    Type: AWS::SQS::Queue
    Condition: Production
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../functions/worker
      Handler: worker
      Timeout: 20
      Environment:
        Variables:
          SHARED: own
          TABLE: !Ref Things
          QUEUE: !Ref Work
          TEXT: !Sub 'at ${Work.QueueName} in ${AWS::Region}, ${!literal}'
          LEASE: !Ref Lease
          GONE: !If [Production, x, !Ref AWS::NoValue]
      Policies:
        - Statement:
            - Effect: Allow
              Action: dynamodb:Query
              Resource: [!GetAtt Things.Arn, !Sub '${Things.Arn}/index/due']
            - Effect: Allow
              Action: [s3:GetObject, s3:PutObject]
              Resource: !Sub '${Files.Arn}/reviews/*'
      Events:
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: '/things/{id}', Method: get}}
        Open: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /open, Method: ANY, Auth: {Authorizer: NONE}}}
        Work:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            BatchSize: 7
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Things.StreamArn
            StartingPosition: LATEST
            MaximumRetryAttempts: 3
            FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"]}'}]}
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}
Outputs:
  Url: {Value: !Sub 'https://${Api}'}
"#;

fn plan(source: &str, stage: &str) -> Result<Plan, Fault> {
    let parameters = [("Issuer", "http://issuer"), ("Stage", stage)];
    let world = World {
        parameters: parameters
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        queue_url: &|name| format!("http://queues/{name}"),
    };
    let template = Template::parse(Path::new("infra/template.yaml"), source);
    match template.and_then(|template| template.plan(&world)) {
        Ok(plan) => Ok(plan),
        Err(TemplateError::Refused { fault, .. }) => Err(fault),
        Err(TemplateError::Unreadable { source, .. }) => {
            panic!("nothing was read from a file: {source}")
        }
    }
}

#[test]
fn everything_is_resolved() {
    let plan = plan(BASE, "dev").expect("the base template is right");
    let function = &plan.functions[0];
    let variables: Vec<_> = function
        .environment
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        variables,
        [
            "LEASE=120",
            "QUEUE=http://queues/Work",
            "SHARED=own",
            "STAGE=dev",
            "TABLE=Things",
            "TEXT=at Work in us-east-1, ${literal}",
        ]
    );
    assert_eq!(function.timeout, Duration::from_secs(20));
    assert_eq!(function.crate_dir, Path::new("infra/../functions/worker"));
    assert_eq!(plan.services.queues.len(), 2);
    assert_eq!(
        plan.services.queues[0].attributes["VisibilityTimeout"],
        "30"
    );
    let redrive = &plan.services.queues[0].attributes["RedrivePolicy"];
    assert_eq!(
        redrive,
        r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:Dead","maxReceiveCount":5}"#
    );
    let auth: Vec<_> = plan
        .routes
        .iter()
        .map(|route| route.authorizer.is_some())
        .collect();
    assert_eq!(auth, [true, false]);
    assert_eq!(plan.routes[0].method.as_deref(), Some("GET"));
    assert_eq!(plan.routes[1].method, None);
    assert_eq!(
        (
            plan.queue_sources[0].batch_size,
            plan.queue_sources[0].queue.as_str()
        ),
        (7, "Work")
    );
    let stream = &plan.stream_sources[0];
    assert_eq!(
        (stream.start, stream.retries),
        (StartingPosition::Latest, Some(3))
    );
    assert_eq!(stream.on_failure.as_deref(), Some("Dead"));
    assert_eq!(plan.outputs["Url"], "https://Api");
}

#[test]
fn schedules_and_what_ses_reports_are_wired_to_their_queues() {
    let plan = plan(BASE, "dev").expect("the base template is right");
    let [sweep] = plan.schedules.as_slice() else {
        panic!("{:?}", plan.schedules);
    };
    assert_eq!(
        (sweep.name.as_str(), sweep.queue.as_str(), sweep.enabled),
        ("Sweep", "Work", true)
    );
    assert_eq!(
        sweep.arn,
        "arn:aws:scheduler:us-east-1:000000000000:schedule/default/Sweep"
    );
    assert_eq!(
        sweep.expression.text(),
        "cron(20 0 * * ? *) America/New_York"
    );
    let reports = "arn:aws:sns:us-east-1:000000000000:Reports".to_owned();
    let told = EventDestinationPlan {
        configuration_set: "letters".to_owned(),
        events: vec![MailEvent::Send, MailEvent::Bounce],
        topic: reports.clone(),
    };
    assert_eq!(plan.services.mail.event_destinations, [told]);
    let topic = &plan.services.topics[0];
    assert_eq!(topic.arn, reports);
    let heard = SubscriptionPlan {
        queue: "Work".to_owned(),
        raw: true,
    };
    assert_eq!(topic.subscriptions, [heard]);
    assert!(plan.services.topics[1].subscriptions.is_empty());
}

#[test]
fn a_bucket_is_wired_to_pages_queues_and_the_scanner() {
    let plan = plan(BASE, "dev").expect("the base template is right");
    let name = || "files".to_owned();
    let origins = ["https://a.example.org", "https://b.example.org"];
    let cors = CorsRulePlan {
        origins: origins.map(str::to_owned).into(),
        methods: vec!["PUT".to_owned()],
        max_age: Some(5),
        ..CorsRulePlan::default()
    };
    let bucket = BucketPlan {
        name: name(),
        event_bridge: true,
        cors: vec![cors],
    };
    assert_eq!(plan.services.buckets.buckets, [bucket]);
    let scan = ScanPlan {
        arn: "arn:aws:guardduty:us-east-1:000000000000:malware-protection-plan/Scanned".to_owned(),
        bucket: name(),
        prefixes: vec!["reviews/".to_owned()],
    };
    assert_eq!(plan.services.buckets.scans, [scan]);
    let rule = RulePlan {
        name: "Came".to_owned(),
        pattern: r#"{"detail":{"bucket":{"name":["files"]}},"source":["aws.s3"]}"#.to_owned(),
        queues: vec!["Work".to_owned()],
    };
    assert_eq!(plan.services.rules, [rule]);
}

#[test]
fn what_is_off_is_not_run() {
    let off = BASE
        .replace("State: ENABLED", "State: DISABLED")
        .replace("Enabled: true", "Enabled: false");
    let plan = plan(&off, "dev").expect("it is right");
    assert!(!plan.schedules[0].enabled);
    assert!(plan.services.mail.event_destinations.is_empty());
    assert!(plan.services.rules.is_empty());
    assert!(!plan.services.buckets.buckets[0].event_bridge);
}

#[test]
fn conditions_choose_values_and_resources() {
    let plan = plan(BASE, "production").expect("the base template is right");
    assert_eq!(
        plan.services.queues[0].attributes["VisibilityTimeout"],
        "600"
    );
    assert_eq!(plan.services.queues.len(), 3);
    assert_eq!(plan.functions[0].environment["GONE"], "x");
}

#[test]
fn the_project_s_own_template_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../template.yaml");
    let names = ["Issuer", "Audience", "PublicBaseUrl"];
    let given = names.map(|name| (name.to_owned(), "http://here".to_owned()));
    let mut parameters = BTreeMap::from(given);
    parameters.insert("PersonHashKey".to_owned(), "0".repeat(64));
    let world = World {
        parameters,
        queue_url: &str::to_owned,
    };
    let plan = Template::read(&path)
        .and_then(|template| template.plan(&world))
        .expect("it is what we deploy");
    let names: Vec<_> = plan.functions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "IntakeFunction",
            "AttachmentsFunction",
            "TransitionsFunction",
            "RelayFunction",
            "NotifyFunction",
            "DeadlinesFunction",
            "CommandsFunction",
            "FeedbackFunction",
            "ObjectsFunction"
        ]
    );
    let open = |route: &&RoutePlan| route.authorizer.is_none();
    let open: Vec<_> = plan
        .routes
        .iter()
        .filter(open)
        .map(|route| &route.path)
        .collect();
    assert_eq!(open, [&Some("/v1/openapi.json".to_owned())]);
    assert_eq!(
        plan.stream_sources[0].on_failure.as_deref(),
        Some("RelayFailures")
    );
    assert_eq!(plan.queue_sources[0].queue, "NoticesQueue");
    assert_eq!(plan.schedules.len(), 5);
    assert_eq!(plan.outputs["TableName"], plan.services.tables[0].name);
    let buckets = &plan.services.buckets;
    assert_eq!(plan.outputs["EvidenceBucketName"], buckets.buckets[0].name);
    assert_eq!(buckets.buckets[0].cors[0].origins, ["http://here"]);
    assert_eq!(buckets.scans[0].prefixes, ["reviews/"]);
    let rules = plan.services.rules.iter();
    let queues: Vec<_> = rules.flat_map(|rule| &rule.queues).collect();
    assert_eq!(queues, ["ObjectsQueue", "ObjectsQueue"]);
}
