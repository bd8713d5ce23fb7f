//! `commands`, with points at which its process can be told to end (`edge::crashing`).

#[path = "commands.rs"]
mod function;

fn main() -> Result<(), lambda_runtime::Error> {
    function::main()
}
