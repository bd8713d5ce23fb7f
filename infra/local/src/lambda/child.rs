//! Starting and ending processes.
//!
//! All are started from one thread that lives as long as the stack: the kernel's parent-death signal fires when the
//! *thread* that started a process ends, and threads of the async runtime come and go.

use std::{path::PathBuf, process::Stdio, sync::Arc};

use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::{mpsc, oneshot, watch},
};

use super::log::Log;

/// What to start.
pub(super) struct Order {
    pub(super) binary: PathBuf,
    pub(super) environment: Vec<(String, String)>,
}

/// A handle to the thread that starts processes.
#[derive(Clone)]
pub(super) struct Spawner {
    orders: mpsc::UnboundedSender<(Order, oneshot::Sender<std::io::Result<Child>>)>,
}

impl Spawner {
    pub(super) fn start() -> std::io::Result<Self> {
        let (orders, mut inbox) = mpsc::unbounded_channel::<(Order, oneshot::Sender<_>)>();
        let runtime = Handle::current();
        std::thread::Builder::new()
            .name("spawner".to_owned())
            .spawn(move || {
                let _guard = runtime.enter();
                while let Some((order, reply)) = inbox.blocking_recv() {
                    // Who ordered may be gone; the process then ends with the reply, which kills it on drop.
                    drop(reply.send(spawn(&order)));
                }
            })?;
        Ok(Self { orders })
    }

    /// Starts a process, and whatever watches over it.
    pub(super) async fn spawn(&self, order: Order, log: &Arc<Log>) -> std::io::Result<Running> {
        let gone = || std::io::Error::other("the thread that starts processes has ended");
        let (reply, child) = oneshot::channel();
        self.orders.send((order, reply)).map_err(|_| gone())?;
        let mut child = child.await.map_err(|_| gone())??;
        let pipes = (child.stdout.take(), child.stderr.take());
        if let Some(out) = pipes.0 {
            tokio::spawn(Arc::clone(log).follow(out));
        }
        if let Some(err) = pipes.1 {
            tokio::spawn(Arc::clone(log).follow(err));
        }
        let (kill, killed) = mpsc::channel(1);
        let (ended, exit) = watch::channel(None);
        let pid = child.id();
        tokio::spawn(watch_over(child, killed, ended));
        Ok(Running { pid, kill, exit })
    }
}

fn spawn(order: &Order) -> std::io::Result<Child> {
    let mut command = Command::new(this_program()?);
    command
        .arg("run-function")
        .arg("--parent")
        .arg(std::process::id().to_string())
        .arg(&order.binary)
        .env_clear()
        .envs(order.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Out of the terminal's group: Ctrl-C is for the stack, which lets requests end first.
        .process_group(0)
        .kill_on_drop(true);
    command.spawn()
}

/// This very program, even when cargo has put a newer one in its place meanwhile.
fn this_program() -> std::io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        Ok(PathBuf::from("/proc/self/exe"))
    } else {
        std::env::current_exe()
    }
}

async fn watch_over(
    mut child: Child,
    mut killed: mpsc::Receiver<()>,
    ended: watch::Sender<Option<String>>,
) {
    let status = tokio::select! {
        status = child.wait() => status,
        Some(()) = killed.recv() => match child.kill().await {
            Ok(()) => child.wait().await,
            Err(error) => Err(error),
        },
    };
    ended.send_replace(Some(
        status.map_or_else(|error| error.to_string(), |status| status.to_string()),
    ));
}

/// A process that was started.
pub(super) struct Running {
    pid: Option<u32>,
    kill: mpsc::Sender<()>,
    /// Its exit status in words, once it has ended.
    exit: watch::Receiver<Option<String>>,
}

impl Running {
    pub(super) fn has_ended(&self) -> bool {
        self.exit.borrow().is_some()
    }

    /// Waits for the end; the exit status in words.
    pub(super) async fn ended(&mut self) -> String {
        match self.exit.wait_for(Option::is_some).await {
            Ok(status) => status.clone().unwrap_or_default(),
            Err(_) => "the stack is stopping".to_owned(),
        }
    }

    /// Ends it at once.
    pub(super) async fn kill(&mut self) {
        if self.kill.send(()).await.is_ok() {
            self.ended().await;
        }
    }

    /// Asks it to end.
    pub(super) fn terminate(&self) -> std::io::Result<()> {
        let pid = self
            .pid
            .and_then(|pid| i32::try_from(pid).ok())
            .and_then(rustix::process::Pid::from_raw);
        match pid {
            Some(pid) if !self.has_ended() => Ok(rustix::process::kill_process(
                pid,
                rustix::process::Signal::TERM,
            )?),
            Some(_) | None => Ok(()),
        }
    }
}
