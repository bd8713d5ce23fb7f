//! `intake`, with points at which its process can be told to end (`edge::crashing`).

#[path = "../main.rs"]
mod function;

fn main() -> Result<(), lambda_http::Error> {
    function::main()
}
