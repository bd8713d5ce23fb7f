//! Sweeps: what is due to be closed, settled, told or reminded of becomes commands.

use aws::sweeps::SweepMessage;
use workflow::Failure;
use workflow::clock::{Bounds, Counts, Queues, Run, Sweep, SweepPorts, sweep};
use workflow::ports::{CommandQueue, LookQueue, Reports, SweepQueue};

/// How much one message of a sweep does. A thousand commands are a hundred calls of the queue: some seconds,
/// far within the function's timeout. What is left goes on in a message of its own.
fn bounds(sweep: Sweep) -> Bounds {
    let commands = match sweep {
        Sweep::Nightly | Sweep::Reminders => 1_000,
        Sweep::Tick => 250,
    };
    Bounds {
        page: 100,
        commands,
    }
}

/// Does one message of a sweep, and puts on record what it looked at.
pub(crate) async fn run<C: CommandQueue, L: LookQueue, T: SweepQueue>(
    store: &(impl SweepPorts + Reports),
    queues: Queues<'_, C, L, T>,
    message: SweepMessage,
) -> Result<(), Failure> {
    let SweepMessage {
        sweep: which,
        as_of,
        parts,
    } = message;
    let run = Run {
        sweep: which,
        as_of,
    };
    let counts = sweep(store, &queues, &run, parts, bounds(which)).await?;
    edge::sweep::tell(&run, &counts);
    if is_worth_telling(which, &counts) {
        store.tally(&run, &counts).await?;
    }
    Ok(())
}

/// A tick that finds nothing, as most do, leaves no report.
fn is_worth_telling(sweep: Sweep, counts: &Counts) -> bool {
    match sweep {
        Sweep::Nightly | Sweep::Reminders => true,
        Sweep::Tick => !counts.is_empty(),
    }
}
