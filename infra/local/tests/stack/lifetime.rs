//! How the stack and its functions end.

use serde_json::json;

use crate::harness::{Folder, Heard, PATIENCE, Stack};

const TEMPLATE: &str = r"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String, Default: nobody}
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: .
      Handler: echo
      Timeout: 900
      Environment: {Variables: {RECORD_TO: !Ref RecordTo}}
";

fn stack() -> Stack {
    Folder::new(TEMPLATE, &["echo"]).start()
}

#[test]
fn functions_end_when_the_stack_is_killed_even_in_the_middle_of_a_request() {
    let stack = stack();
    std::thread::scope(|scope| {
        let url = format!("{}/2015-03-31/functions/Echo/invocations", stack.url);
        scope.spawn(move || {
            crate::harness::client()
                .post(&url)
                .send(json!({ "do": "hang" }).to_string())
                .is_ok()
        });
        stack.called();
        let (folder, heard) = stack.kill();
        let heard = heard
            .recv_timeout(PATIENCE)
            .expect("the function's process ends");
        assert!(matches!(heard, Heard::Ended), "{heard:?}");
        drop(folder.start()); // and nothing is left that would keep the next stack from starting
    });
}

#[test]
fn an_interrupt_ends_functions_and_stack() {
    let mut stack = stack();
    stack.invoke("Echo", &json!({}));
    stack.called();
    assert!(stack.interrupt());
    assert!(matches!(stack.heard(), Heard::Ended));
}

#[test]
fn a_second_stack_on_the_same_folder_says_who_holds_it() {
    let folder = Folder::new(TEMPLATE, &["echo"]);
    let mut second = folder.command();
    let first = folder.start();
    let output = second.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(said.contains(&first.process().to_string()), "{said}");
}
