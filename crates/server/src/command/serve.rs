//! `casque serve`: the node over HTTP, until it is told to end.

use std::net::SocketAddr;
use std::time::Duration;

use model::finding::Finding;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::Serve;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::http::{self, Listener, Settings, State};
use crate::ui;

/// Serves.
pub(crate) fn run(context: &mut Context<'_>, serve: &Serve) -> Result<Exit, Failure> {
    let node = context.node()?;
    let runtime = runtime()?;
    runtime.block_on(async {
        let listener = Listener::take(serve.listen).await;
        let listener = listener.map_err(|error| not_taken(serve.listen, &error))?;
        let state = State::new(node, settings(serve, listener.address()));
        let end = told_to_end()?;
        tell(context, listener.address())?;
        http::run(listener, state, end).await;
        Ok(Exit::Done)
    })
}

fn runtime() -> Result<Runtime, Failure> {
    let runtime = Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| fault(&error))
}

fn settings(serve: &Serve, address: SocketAddr) -> Settings {
    Settings {
        address,
        is_secure: false,
        hosts: serve.host.iter().map(|host| host.to_ascii_lowercase()).collect(),
        header_time: Duration::from_secs(serve.header_seconds),
    }
}

/// Says where it serves, on one line that scripts read.
fn tell(context: &mut Context<'_>, address: SocketAddr) -> Result<(), Failure> {
    let url = format!("http://{address}");
    if context.json() {
        context.terminal.json(&json!({ "url": url }))?;
    } else {
        context.terminal.line(&url)?;
    }
    context.terminal.flush()?;
    if !ui::BUILT {
        context.terminal.warn(context.words, &Finding::warning("pages-missing"));
    }
    context.terminal.note(&context.words.say("cli-serve-running"));
    Ok(())
}

/// Over when the system or the person at the keyboard wants the server to end.
fn told_to_end() -> Result<impl Future<Output = ()>, Failure> {
    let listen = |kind| signal(kind).map_err(|error| fault(&error));
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
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
