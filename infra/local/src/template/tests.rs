use std::time::Duration;

use super::*;

/// A small template in which each test changes one line.
const BASE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Issuer: {Type: String}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, production]}
  Lease: {Type: Number, Default: 120, MinValue: 60}
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
            "Type: AWS::SQS::Queue\n  Only",
            "Type: AWS::SQS::Quene\n  Only",
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
    assert_eq!(names, ["IntakeFunction", "RelayFunction", "NotifyFunction"]);
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
}
