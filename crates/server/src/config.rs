//! What the environment says. The only module that reads it.

use std::ffi::OsString;
use std::path::PathBuf;

use tracing_subscriber::EnvFilter;

/// Which lines of the log are written when nothing is said.
const LOG_DEFAULT: &str = "error";

/// What was set, as it was set; flags come before all of it.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// `CASQUE_DATA`: the folder of the node.
    pub(crate) data: Option<PathBuf>,
    /// `CASQUE_USER`: the acting user.
    pub(crate) user: Option<String>,
    /// `CASQUE_LANG`, else what the system is set to.
    pub(crate) language: Option<String>,
    /// Whether there is a screen to show a browser on.
    pub(crate) has_screen: bool,
    log: Option<String>,
}

impl Config {
    /// Reads the environment.
    pub(crate) fn from_environment() -> Self {
        Self {
            data: raw("CASQUE_DATA").map(PathBuf::from),
            user: text("CASQUE_USER"),
            language: ["CASQUE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(text),
            has_screen: cfg!(target_os = "macos")
                || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| raw(name).is_some()),
            log: text("CASQUE_LOG"),
        }
    }

    /// Sends the log to stderr, from now on.
    pub(crate) fn log(&self) {
        let wanted = self.log.as_deref().unwrap_or(LOG_DEFAULT);
        let filter =
            EnvFilter::try_new(wanted).unwrap_or_else(|_wrong| EnvFilter::new(LOG_DEFAULT));
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        log.with_ansi(console::colors_enabled_stderr()).init();
    }
}

/// The words of the command line, the program's name first.
pub(crate) fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// What is set and not empty.
fn raw(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn text(name: &str) -> Option<String> {
    raw(name).map(|value| value.to_string_lossy().into_owned())
}
