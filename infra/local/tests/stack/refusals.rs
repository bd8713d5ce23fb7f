//! What keeps the stack from starting, and what it says then.

use std::process::Command;

use crate::harness::Folder;

const TEMPLATE: &str = r"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String, Default: nobody}
Resources:
  Work:
    Type: AWS::SQS::Queue
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: ../somewhere
      Handler: echo
";

/// What the program says when it does not start.
fn refusal(template: &str, change: impl FnOnce(&mut Command)) -> String {
    let folder = Folder::new(template, &["echo"]);
    let mut command = folder.command();
    change(&mut command);
    let output = command.output().expect("it runs");
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn an_unknown_property_is_named_with_its_line() {
    let said = refusal(
        &TEMPLATE.replace("Handler: echo", "Handler: echo\n      Timeot: 3"),
        |_| {},
    );
    assert!(
        said.contains("template.yaml:14: Resources.Echo.Properties.Timeot:"),
        "{said}"
    );
}

#[test]
fn a_taken_port_is_named_with_a_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let said = refusal(TEMPLATE, |command| {
        command.args(["--port", &port]);
    });
    assert!(
        said.contains(&format!("port {port} is taken")) && said.contains("--port"),
        "{said}"
    );
}

#[test]
fn a_missing_binary_is_named() {
    let said = refusal(&TEMPLATE.replace("Handler: echo", "Handler: other"), |_| {});
    assert!(said.contains("functions/other is not there"), "{said}");
}

#[test]
fn an_unknown_parameter_is_named() {
    let said = refusal(TEMPLATE, |command| {
        command.args(["--parameter", "Nothing=1"]);
    });
    assert!(said.contains("no parameter Nothing"), "{said}");
}

#[test]
fn endpoints_elsewhere_are_not_run_beside() {
    let said = refusal(TEMPLATE, |command| {
        command.env(
            "AWS_ENDPOINT_URL",
            "https://dynamodb.us-east-1.amazonaws.com",
        );
    });
    assert!(said.contains("AWS_ENDPOINT_URL is set to"), "{said}");
}

#[test]
fn a_clock_for_a_folder_that_has_one_is_refused() {
    let folder = Folder::new(TEMPLATE, &["echo"]);
    let mut again = folder.command();
    let (folder, _) = folder.start_as(|_| {}).kill();
    let output = again
        .args(["--clock", "2025-11-14T19:58:00-05:00"])
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("--fresh"));
    drop(folder);
}
