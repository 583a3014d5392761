//! The loop that accepts connections. It ends when it is told to, after the requests that run.
//!
//! Not axum's own loop: that one never cuts a header that is not finished. What is bounded here:
//! connections altogether and per address ([`Connections`]), the time for a header, its size, the
//! rate of a body ([`body`](super::body)), how long a client may take nothing ([`Wire`]).

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::http::caller::Remote;
use crate::http::connections::{Busy, Connections, Seat};
use crate::http::front::Front;
use crate::http::routes;
use crate::http::state::Shared;
use crate::http::wire::Wire;

/// How long requests that run may go on after the server was told to end.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long nothing is accepted after the system refused to: no files left, for one.
const BREATH: Duration = Duration::from_millis(100);
/// How many connections the system keeps until they are accepted; fewer where it is set to less.
const WAITING_MAX: u32 = 4_096;
/// The header of a request with its address, in bytes.
const HEADER_BYTES_MAX: usize = 32 << 10;
/// What is said to a connection for which there is no room.
const NO_ROOM: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\n\
                         connection: close\r\n\r\n";

/// A place to listen on, taken before anything else is done.
#[derive(Debug)]
pub(crate) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Takes the address; with port 0 the system chooses one.
    pub(crate) fn take(address: SocketAddr) -> io::Result<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(WAITING_MAX)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address it has.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    async fn accepted(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, remote)) => {
                    if let Err(error) = stream.set_nodelay(true) {
                        tracing::debug!(%error, "small answers may come late");
                    }
                    return (stream, remote);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
    }
}

/// Serves until it is told to end, and then until the requests that run are answered, or until it is
/// told once more; whether that was so.
pub(crate) async fn run(
    listener: Listener,
    tls: Option<TlsAcceptor>,
    state: Shared,
    mut told_to_end: impl AsyncFnMut(),
) -> bool {
    let server = Server {
        front: Arc::new(Front::new(state.clone(), routes::all())),
        connections: Connections::new(state.settings.connections),
        header_time: state.settings.header_time,
        tls,
    };
    let running = GracefulShutdown::new();
    loop {
        tokio::select! {
            (stream, remote) = listener.accepted() => server.take(stream, remote, running.watcher()),
            () = told_to_end() => break,
        }
    }
    drop(listener);
    tokio::select! {
        farewell = tokio::time::timeout(FAREWELL, running.shutdown()) => {
            if farewell.is_err() {
                tracing::warn!("requests were cut off");
            }
            false
        }
        () = told_to_end() => {
            tracing::warn!("told to end once more: requests were cut off");
            true
        }
    }
}

/// What connections are served with.
struct Server {
    front: Arc<Front>,
    connections: Arc<Connections>,
    header_time: Duration,
    tls: Option<TlsAcceptor>,
}

impl Server {
    fn take(&self, stream: TcpStream, remote: SocketAddr, running: Watcher) {
        let Some(seat) = self.connections.seat(remote.ip()) else {
            if self.tls.is_none() && stream.try_write(NO_ROOM).is_err() {
                tracing::debug!("somebody left before they were refused");
            }
            return;
        };
        let call = Call {
            front: Arc::clone(&self.front),
            seat: Arc::new(seat),
            remote,
            header_time: self.header_time,
            running,
        };
        let tls = self.tls.clone();
        tokio::spawn(async move {
            match tls {
                None => call.serve(Wire::new(stream)).await,
                Some(tls) => call.serve_secretly(&tls, stream).await,
            }
        });
    }
}

/// A connection that is about to be served.
struct Call {
    front: Arc<Front>,
    seat: Arc<Seat>,
    remote: SocketAddr,
    header_time: Duration,
    running: Watcher,
}

impl Call {
    async fn serve_secretly(self, tls: &TlsAcceptor, stream: TcpStream) {
        let ended = self.seat.ended();
        tokio::select! {
            greeted = tokio::time::timeout(self.header_time, tls.accept(Wire::new(stream))) => {
                match greeted {
                    Ok(Ok(stream)) => self.serve(stream).await,
                    Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
                    Err(_late) => tracing::debug!("TLS came too slowly"),
                }
            }
            () = ended => {}
        }
    }

    async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S) {
        let Self { front, seat, remote, header_time, running } = self;
        let ended = seat.ended();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            answer(Arc::clone(&front), seat.busy(), remote, request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(header_time)
            .max_header_size(HEADER_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), service);
        tokio::select! {
            served = running.watch(connection) => {
                if let Err(error) = served {
                    tracing::debug!(%error, "a connection ended early");
                }
            }
            () = ended => {}
        }
    }
}

/// The answer to a request; its connection is busy until the last of it is sent.
async fn answer(
    front: Arc<Front>,
    busy: Busy,
    remote: SocketAddr,
    mut request: Request,
) -> Result<Response<Held>, Infallible> {
    request.extensions_mut().insert(Remote(remote));
    let response = front.answer(request).await;
    Ok(response.map(|body| Held { body, _busy: busy }))
}

/// A body that keeps its connection busy.
struct Held {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Held {
    type Data = <Body as HttpBody>::Data;
    type Error = <Body as HttpBody>::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        std::pin::Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}
