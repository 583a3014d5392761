//! The one place of `xtask` that writes to the terminal.
//!
//! A reader that goes away (`cargo xtask tidy | head`) is no error: the work goes on unseen.

use std::io::{self, IsTerminal, Write};

/// A line of what was asked for, on stdout.
pub(crate) fn line(text: &str) {
    writeln!(io::stdout().lock(), "{text}").unwrap_or_default();
}

/// A line that stands out on a terminal: a stage, a title, a command.
pub(crate) fn heading(text: &str) {
    let is_plain = !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    if is_plain {
        line(text);
    } else {
        line(&format!("\u{1b}[1m{text}\u{1b}[0m"));
    }
}

/// What went wrong, on stderr.
pub(crate) fn error(text: &str) {
    writeln!(io::stderr().lock(), "{}", text.trim_end()).unwrap_or_default();
}
