//! The loop that accepts connections. It ends when it is told to, after the requests that run.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};

use crate::http::caller::Remote;
use crate::http::front::Front;
use crate::http::routes;
use crate::http::state::Shared;

/// How long requests that run may go on after the server was told to end.
const FAREWELL: Duration = Duration::from_secs(10);
/// The header of a request with its address, in bytes.
const HEADER_BYTES_MAX: usize = 32 << 10;

/// A place to listen on, taken before anything else is done.
#[derive(Debug)]
pub(crate) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Takes the address; with port 0 the system chooses one.
    pub(crate) async fn take(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address it has.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Serves until `told_to_end` is over, and then until the requests that run are answered.
pub(crate) async fn run(listener: Listener, state: Shared, told_to_end: impl Future<Output = ()>) {
    let front = Arc::new(Front::new(state.clone(), routes::all()));
    let connections = GracefulShutdown::new();
    let mut told_to_end = std::pin::pin!(told_to_end);
    loop {
        tokio::select! {
            accepted = listener.listener.accept() => match accepted {
                Ok((stream, remote)) => connection(&state, &front, &connections, stream, remote),
                Err(error) => tracing::warn!(%error, "a connection was not accepted"),
            },
            () = &mut told_to_end => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, connections.shutdown()).await.is_err() {
        tracing::warn!("requests were cut off");
    }
}

fn connection(
    state: &Shared,
    front: &Arc<Front>,
    connections: &GracefulShutdown,
    stream: TcpStream,
    remote: SocketAddr,
) {
    let front = Arc::clone(front);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let front = Arc::clone(&front);
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Remote(remote));
            Ok::<_, std::convert::Infallible>(front.answer(request).await)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(state.settings.header_time)
        .max_header_size(HEADER_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
