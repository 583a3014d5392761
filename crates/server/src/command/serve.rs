//! `casque serve`: the node over HTTP, until it is told to end. On its first start it makes the node.

use std::net::{IpAddr, SocketAddr};
use std::process::{Command, Stdio};
use std::time::Duration;

use app::Node;
use model::finding::Finding;
use serde_json::{Value as Json, json};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;

use crate::cli::Serve;
use crate::command::init;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::http::tls::{self, Identity};
use crate::http::{self, Listener, Most, Settings, State};
use crate::{password, system, ui};

/// How long use cases that run may go on when all requests are answered or cut off.
const LAST_WORK: Duration = Duration::from_secs(5);

/// Serves.
pub(crate) fn run(context: &mut Context<'_>, serve: &Serve) -> Result<Exit, Failure> {
    let first = first_start(context, serve)?;
    let node = context.node()?;
    std::panic::set_hook(Box::new(|panic| {
        // Where, and not what: the message may hold what somebody wrote.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a fault of the program; report it");
    }));
    let runtime = runtime()?;
    let served = runtime.block_on(serve_node(context, serve, node, first));
    // What is left unfinished then is not in the database.
    let is_hurried = served.as_ref().is_ok_and(|is_hurried| *is_hurried);
    runtime.shutdown_timeout(if is_hurried { Duration::ZERO } else { LAST_WORK });
    served.map(|_| Exit::Done)
}

/// Serves until told to end; whether it was told twice.
async fn serve_node(
    context: &mut Context<'_>,
    serve: &Serve,
    node: Node,
    first: Option<String>,
) -> Result<bool, Failure> {
    let listener = Listener::take(serve.listen);
    let listener = listener.map_err(|error| not_taken(serve.listen, &error))?;
    let address = listener.address();
    let tls = acceptor(serve, &node, address)?;
    let state = State::new(node, settings(serve, address));
    let end = told_to_end()?;
    let url = url(serve, address);
    tell(context, &url, first)?;
    if serve.open {
        open(context, &url);
    }
    Ok(http::run(listener, tls, state, end).await)
}

/// Makes the node where there is none and a pack is named; the administrator's password then.
fn first_start(context: &Context<'_>, serve: &Serve) -> Result<Option<String>, Failure> {
    let Some(pack) = serve.pack.as_ref().filter(|_| !context.has_node()) else { return Ok(None) };
    let password = password::generated();
    init::made(context, pack, &password)?;
    Ok(Some(password))
}

fn runtime() -> Result<Runtime, Failure> {
    let runtime = Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| fault(&error))
}

fn settings(serve: &Serve, address: SocketAddr) -> Settings {
    Settings {
        address,
        is_secure: is_secure(serve),
        hosts: serve.host.iter().map(|host| host.to_ascii_lowercase()).collect(),
        header_time: Duration::from_secs(serve.header_seconds),
        connections: Most {
            all: serve.connections.max(1),
            per_address: serve.connections_per_address.max(1),
        },
    }
}

const fn is_secure(serve: &Serve) -> bool {
    serve.tls_self_made || serve.tls_cert.is_some()
}

fn acceptor(
    serve: &Serve,
    node: &Node,
    address: SocketAddr,
) -> Result<Option<TlsAcceptor>, Failure> {
    let identity = match (&serve.tls_cert, &serve.tls_key) {
        (Some(certificate), Some(key)) => {
            Identity { certificate: certificate.clone(), key: key.clone() }
        }
        _ if serve.tls_self_made => {
            let clock = system::environment().clock;
            tls::own(&node.files().folder, &names(serve, address.ip()), &*clock)?
        }
        _ => return Ok(None),
    };
    Ok(Some(identity.acceptor()?))
}

/// Every name a browser may use for this server.
fn names(serve: &Serve, address: IpAddr) -> Vec<String> {
    let mut names = vec!["localhost".to_owned()];
    if !address.is_unspecified() {
        names.push(address.to_string());
    }
    names.extend(serve.host.iter().cloned());
    names
}

/// The address for a browser on this machine, or for others where the node has a name.
fn url(serve: &Serve, address: SocketAddr) -> String {
    let scheme = if is_secure(serve) { "https" } else { "http" };
    format!("{scheme}://{address}")
}

/// Says where it serves, on one line that scripts read; and, once, who may sign in.
fn tell(context: &mut Context<'_>, url: &str, first: Option<String>) -> Result<(), Failure> {
    if context.json() {
        let user: Option<&str> = first.as_ref().map(|_| init::ADMINISTRATOR.0);
        let mut document = json!({ "url": url });
        if let (Some(fields), Some(password)) = (document.as_object_mut(), first) {
            fields.insert("user".to_owned(), json!(user));
            fields.insert("password".to_owned(), Json::String(password));
        }
        context.terminal.json(&document)?;
    } else {
        context.terminal.line(url)?;
        if let Some(password) = first {
            let user = [("user", init::ADMINISTRATOR.0.into())];
            context.terminal.note(&context.words.say_with("cli-init-password", &user));
            context.terminal.note(&password);
        }
    }
    context.terminal.flush()?;
    if !ui::BUILT {
        context.terminal.warn(context.words, &Finding::warning("pages-missing"));
    }
    context.terminal.note(&context.words.say("cli-serve-running"));
    Ok(())
}

/// Opens the browser where there is a screen; that none opens stops nothing.
fn open(context: &mut Context<'_>, url: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = || Stdio::null();
    let mut command = Command::new(opener);
    command.arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet());
    if !context.config.has_screen || command.spawn().is_err() {
        context.terminal.note(&context.words.say_with("cli-serve-open", &[("url", url.into())]));
    }
}

/// Over whenever the system or the person at the keyboard wants the server to end.
fn told_to_end() -> Result<impl AsyncFnMut(), Failure> {
    let listen = |kind| signal(kind).map_err(|error| fault(&error));
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move || {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn not_taken(address: SocketAddr, error: &std::io::Error) -> Failure {
    let finding = match error.kind() {
        std::io::ErrorKind::AddrInUse => Finding::error("address-in-use"),
        std::io::ErrorKind::PermissionDenied => Finding::error("address-not-allowed"),
        _ => Finding::error("address-wrong").with("what", error),
    };
    Failure::new(Exit::Unavailable, finding.with("address", address))
}

fn fault(error: &std::io::Error) -> Failure {
    Failure::new(Exit::Internal, Finding::error("internal").with("what", error))
}
