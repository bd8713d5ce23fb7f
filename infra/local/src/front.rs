//! The one port that people and programs use: the API, the pages and the Invoke API.

use std::net::{Ipv4Addr, SocketAddr};

use axum::serve::ListenerExt;
use tokio::{net::TcpListener, sync::watch};

use crate::stack::StackError;

/// Takes `port` on the loopback address; 0 is any free one.
pub(crate) async fn listen(port: u16) -> Result<TcpListener, StackError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|source| {
        if source.kind() == std::io::ErrorKind::AddrInUse {
            StackError::PortTaken(port)
        } else {
            StackError::Port { port, source }
        }
    })
}

/// Answers until stopped, and then what was already asked.
pub(crate) async fn serve(
    listener: TcpListener,
    app: axum::Router,
    mut stopped: watch::Receiver<bool>,
) -> std::io::Result<()> {
    // A connection that cannot be set to no delay still answers, only later.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let stop = async move { drop(stopped.wait_for(|stopped| *stopped).await) };
    axum::serve(listener, app)
        .with_graceful_shutdown(stop)
        .await
}
