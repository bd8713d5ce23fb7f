//! One service on one port: bound, served, and ended in good order.

use std::future::Future;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::ServiceError;

/// A running server. Dropping it stops it as well, without waiting.
#[derive(Debug)]
pub(super) struct Server {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// A free port on 127.0.0.1, and the URL under which it will answer.
pub(super) async fn bind(service: &'static str) -> Result<(TcpListener, String), ServiceError> {
    let refused = |source| ServiceError::Listen { service, source };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(refused)?;
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
        // Without TCP_NODELAY small answers wait for the other side's delayed acknowledgement, 40 ms each.
        let listener = listener.tap_io(move |stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(service, %error, "TCP_NODELAY was refused");
            }
        });
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
