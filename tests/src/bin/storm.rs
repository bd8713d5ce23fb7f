//! The storm: microburst before store, queues, mail and doors of a stack, and the books afterwards. `.ci/run storm` installs
//! what it needs and runs it. An argument is another number of submissions than five hundred.

fn main() {
    let number = std::env::args().nth(1);
    let number = number.map(|number| number.parse().expect("the number of submissions"));
    scenarios::storm(number.unwrap_or(500));
}
