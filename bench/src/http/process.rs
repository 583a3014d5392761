//! Processes of servers: started, waited for, ended when dropped, and what they cost.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::measure::{Memory, Stopwatch, ticks_of_family};

/// How long a server may take to answer its first connection.
const STARTING: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(20);

/// A running process, ended by this signal when dropped.
#[derive(Debug)]
pub(crate) struct Process(pub(crate) Child, Signal);

impl Process {
    /// Starts a command.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        Self::ended_by(Signal::TERM, command)
    }

    /// Starts a command that ends at no other signal than this.
    pub(crate) fn ended_by(signal: Signal, command: &mut Command) -> anyhow::Result<Self> {
        let child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        Ok(Self(child, signal))
    }

    /// Waits until something listens at `address`.
    #[expect(clippy::disallowed_methods, reason = "programs of others do not say when they listen")]
    pub(crate) fn wait_for(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = self.0.try_wait()? {
                bail!("a server ended before it listened: {status}");
            }
            if watch.elapsed() > STARTING {
                bail!("a server does not listen at {address}");
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let process = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        let asked = process.is_some_and(|process| kill_process(process, self.1).is_ok());
        if !asked || self.0.wait().is_err() {
            crate::note("a server did not stop when asked to");
        }
    }
}

/// CPU of processes and their children so far, dead threads included.
pub(crate) fn cpu(parents: &[u32]) -> anyhow::Result<Duration> {
    parents.iter().map(|parent| ticks_of_family(*parent)).sum()
}

/// Memory of processes and their children.
pub(crate) fn memory(parents: &[u32]) -> anyhow::Result<Memory> {
    let mut sum = Memory::default();
    for parent in parents {
        let memory = Memory::of_family(*parent)?;
        sum.anonymous_kb += memory.anonymous_kb;
        sum.shared_kb += memory.shared_kb;
    }
    Ok(sum)
}

/// A port of this machine that nobody uses at the moment.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
