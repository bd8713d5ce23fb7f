//! The HTTP API: events, replies, and what the gateway says by itself.

use serde_json::{Value, json};

use crate::harness::{Folder, Stack, client};

const TEMPLATE: &str = r"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Issuer: {Type: String}
  Audience: {Type: String}
  RecordTo: {Type: String}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Token
        Authorizers:
          Token:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: !Ref Issuer, audience: [!Ref Audience]}
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: .
      Handler: echo
      Timeout: 3
      ReservedConcurrentExecutions: 1
      Environment: {Variables: {RECORD_TO: !Ref RecordTo, GREETING: hello}}
      Events:
        Open: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: '/open/{id}', Method: ANY, Auth: {Authorizer: NONE}}}
        Closed: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /closed, Method: GET}}
";

fn stack() -> Stack {
    Folder::new(TEMPLATE, &["echo"]).start()
}

fn get(stack: &Stack, path: &str, token: Option<&str>) -> (u16, Value) {
    let mut request = client().get(format!("{}{path}", stack.url));
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = request.call().expect("it answers");
    let body = response.body_mut().read_to_string().expect("it is text");
    (
        response.status().as_u16(),
        serde_json::from_str(&body).unwrap_or(Value::Null),
    )
}

#[test]
fn a_request_reaches_the_function_and_its_reply_comes_back() {
    let stack = stack();
    let mut response = client()
        .post(format!("{}/open/a%20b?x=1", stack.url))
        .header("content-type", "application/json")
        .send(r#"{"hello": "there"}"#)
        .expect("it answers");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    assert!(response.headers().contains_key("apigw-requestid"));
    let event: Value =
        serde_json::from_reader(response.body_mut().as_reader()).expect("it is JSON");
    assert_eq!(event["routeKey"], "ANY /open/{id}");
    assert_eq!(event["rawPath"], "/open/a b");
    assert_eq!(event["pathParameters"], json!({ "id": "a b" }));
    assert_eq!(event["body"], r#"{"hello": "there"}"#);
    let time = event["requestContext"]["timeEpoch"]
        .as_i64()
        .expect("milliseconds");
    let start = 1_760_968_800_000; // 2025-10-20 10:00 in New York
    assert!(
        (start..start + 3_600_000).contains(&time),
        "{time} is not by the set clock"
    );
}

#[test]
fn tokens_are_asked_for_where_the_template_says_so() {
    let stack = stack();
    assert_eq!(
        get(&stack, "/closed", None),
        (401, json!({ "message": "Unauthorized" }))
    );
    assert_eq!(
        get(&stack, "/closed", Some("no.token.this")),
        (401, json!({ "message": "Unauthorized" }))
    );
    let (_, people) = get(&stack, "/nowhere", None);
    assert_eq!(people, json!({ "message": "Not Found" }));
}

#[test]
fn failures_are_answered_in_the_gateway_s_shape_and_the_next_request_is_served() {
    let stack = stack();
    let failed = (500, json!({ "message": "Internal Server Error" }));
    let process = |stack: &Stack| stack.called()["process"].as_u64().expect("a process id");
    assert_eq!(get(&stack, "/open/1?do=fail", None), failed);
    let first = process(&stack);
    assert_eq!(get(&stack, "/open/1", None).0, 200);
    assert_eq!(process(&stack), first, "an error does not end the process");
    assert_eq!(get(&stack, "/open/1?do=crash", None), failed);
    assert_eq!(process(&stack), first);
    assert_eq!(get(&stack, "/open/1?do=hang", None), failed);
    let second = process(&stack);
    assert_ne!(second, first, "a crash does");
    assert_eq!(get(&stack, "/open/1", None).0, 200);
    assert_ne!(process(&stack), second, "and so does a timeout");
}

#[test]
fn a_function_that_is_busy_throttles() {
    let template = TEMPLATE.replace("Timeout: 3", "Timeout: 900");
    let stack = Folder::new(&template, &["echo"]).start();
    std::thread::scope(|scope| {
        let url = format!("{}/open/1?do=hang", stack.url);
        scope.spawn(move || client().get(url).call().is_ok());
        stack.called(); // now it hangs, in the only place
        let busy = (429, json!({ "message": "Too Many Requests" }));
        assert_eq!(get(&stack, "/open/2", None), busy);
        drop(stack.kill()); // and with it the hanging request
    });
}

#[test]
fn a_body_over_ten_megabytes_is_refused() {
    let stack = stack();
    let body = vec![b'a'; 10 * 1024 * 1024 + 1];
    let response = client()
        .post(format!("{}/open/1", stack.url))
        .send(&body[..])
        .expect("it answers");
    assert_eq!(response.status(), 413);
}

#[test]
fn a_function_sees_its_own_environment_and_nothing_of_the_machine_s() {
    let stack = Folder::new(TEMPLATE, &["echo"]).start_as(|command| {
        command
            .env("AWS_SECRET_ACCESS_KEY", "of production")
            .env("HOME_MADE", "x");
    });
    let (environment, failed) = stack.invoke("Echo", &json!({ "do": "environment" }));
    assert!(!failed);
    assert_eq!(environment["GREETING"], "hello");
    assert_eq!(environment["AWS_LAMBDA_FUNCTION_NAME"], "Echo");
    assert_eq!(environment["AWS_SECRET_ACCESS_KEY"], "local");
    assert_eq!(environment["AWS_ENDPOINT_URL_SQS"], stack.endpoint("sqs"));
    assert_eq!(environment["AWS_ENDPOINT_URL_S3"], stack.endpoint("s3"));
    assert_eq!(environment.get("HOME_MADE"), None);
}

#[test]
fn an_event_can_be_sent_to_a_function_by_hand() {
    let stack = stack();
    assert_eq!(
        stack.invoke("Echo", &json!({ "a": 1 })),
        (json!({ "a": 1 }), false)
    );
    assert_eq!(
        stack.invoke("echo", &json!({ "a": 2 })),
        (json!({ "a": 2 }), false)
    );
    let (error, failed) = stack.invoke("Echo", &json!({ "do": "fail" }));
    assert!(failed);
    assert_eq!(error["errorMessage"], "told to fail");
    let (error, failed) = stack.invoke("Echo", &json!({ "do": "hang" }));
    assert!(failed);
    assert_eq!(error["errorType"], "Sandbox.Timedout");
    assert!(
        error["errorMessage"]
            .as_str()
            .is_some_and(|text| text.ends_with("Task timed out after 3.00 seconds"))
    );
    let url = format!("{}/2015-03-31/functions/Nobody/invocations", stack.url);
    assert_eq!(
        client().post(&url).send("{}").expect("it answers").status(),
        404
    );
}
