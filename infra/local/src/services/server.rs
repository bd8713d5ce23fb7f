//! One service on one port: bound, served, and ended in good order.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::ServiceError;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A running server. Dropping it stops it as well, without waiting.
#[derive(Debug)]
pub(super) struct Server {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// A free port on 127.0.0.1, and the URL under which it will answer.
pub(super) async fn bind(service: &'static str) -> Result<(TcpListener, String), ServiceError> {
    let refused = |source| ServiceError::Listen { service, source };
    let socket = TcpSocket::new_v4().map_err(refused)?;
    // Without it small answers wait for the other side's delayed acknowledgement, 40 ms each. Accepted connections
    // inherit it, also those of a server that does not let us touch them.
    socket.set_nodelay(true).map_err(refused)?;
    socket
        .bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        .map_err(refused)?;
    let listener = socket.listen(BACKLOG).map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, format!("http://{address}")))
}

impl Server {
    /// Runs what `serve` makes of the signal that ends it.
    pub(super) fn spawn<F>(serve: impl FnOnce(oneshot::Receiver<()>) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (stop, stopped) = oneshot::channel();
        Self {
            stop,
            task: tokio::spawn(serve(stopped)),
        }
    }

    /// Serves a router.
    pub(super) fn route(service: &'static str, listener: TcpListener, router: Router) -> Self {
        Self::spawn(move |stopped| async move {
            let ended = axum::serve(listener, router)
                .with_graceful_shutdown(until(stopped))
                .await;
            if let Err(error) = ended {
                tracing::error!(service, %error, "the service ended");
            }
        })
    }

    /// Asks it to end and waits until it has; idle connections of clients are closed.
    pub(super) async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "a service did not end well");
        }
    }
}

/// Resolves when the server is told to stop, or is dropped.
pub(super) async fn until(stopped: oneshot::Receiver<()>) {
    // Both a sent word and a dropped sender mean the same here.
    drop(stopped.await);
}
