//! The only module that prints: data to stdout, everything else to stderr.
//!
//! Progress bars appear on a terminal only; `--progress plain` writes a line now and then instead,
//! for logs and scripts.

use std::io::{self, BufRead, BufWriter, IsTerminal, Stderr, Stdout, Write};

use app::{PhoneOutcome, PhoneTaken};
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use model::finding::Finding;
use serde_json::{Map, Value as Json, json};

use crate::cli;
use crate::exit::{Exit, Failure};
use crate::table::{Table, printable};
use crate::words::{Said, Words};

/// The longest cell on a terminal; files and pipes get all of it.
const CELL_WIDTH_MAX: usize = 60;
/// Steps between two looks at the bar, or two lines of plain progress.
const STRIDE: u64 = 100;

/// Where a run speaks.
#[derive(Debug)]
pub(crate) struct Terminal {
    out: BufWriter<Stdout>,
    err: Stderr,
    json: bool,
    progress: cli::Progress,
}

impl Terminal {
    /// The terminal of a run; with `json`, failures are documents too.
    pub(crate) fn new(json: bool) -> Self {
        Self {
            out: BufWriter::new(io::stdout()),
            err: io::stderr(),
            json,
            progress: cli::Progress::Auto,
        }
    }

    /// Says how progress is shown.
    pub(crate) const fn show_progress(&mut self, progress: cli::Progress) {
        self.progress = progress;
    }

    /// A line of data.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(|error| Failure::output(&error))
    }

    /// Data that ends its own lines.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
    }

    /// A document.
    pub(crate) fn json(&mut self, document: &Json) -> Result<(), Failure> {
        self.line(&format!("{document:#}"))
    }

    /// A table.
    pub(crate) fn table(&mut self, table: &Table) -> Result<(), Failure> {
        let width = io::stdout().is_terminal().then_some(CELL_WIDTH_MAX);
        table.lines(width).iter().try_for_each(|line| self.line(line))
    }

    /// Where an export streams to.
    pub(crate) const fn output(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Makes sure that all data is out.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| Failure::output(&error))
    }

    /// A line for the person, after the data so far. A closed stderr stops nothing.
    pub(crate) fn note(&mut self, text: &str) {
        drop(self.out.flush());
        drop(writeln!(&self.err, "{text}"));
    }

    /// A finding for the person, beside the data.
    pub(crate) fn warn(&mut self, words: &Words, finding: &Finding) {
        self.note(&finding_text(words, finding));
    }

    /// Tells a failure; how the program ends.
    pub(crate) fn fail(&mut self, words: &Words, failure: &Failure) -> Exit {
        if self.json && !failure.findings.is_empty() {
            let errors = failure.findings.iter().map(|finding| finding_json(words, finding));
            self.note(&format!("{:#}", json!({ "errors": errors.collect::<Vec<_>>() })));
        } else {
            for finding in &failure.findings {
                self.warn(words, finding);
            }
        }
        failure.exit
    }

    /// Whether somebody is there to answer.
    pub(crate) fn can_ask(&self) -> bool {
        !self.json && io::stdin().is_terminal() && self.err.is_terminal()
    }

    /// Asks for a yes; anything else is a no.
    pub(crate) fn confirm(&mut self, words: &Words, question: &str) -> Result<bool, Failure> {
        self.flush()?;
        drop(write!(&self.err, "{question} {} ", words.say("cli-yes-or-no")));
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).map_err(|error| Failure::output(&error))?;
        let yes = words.say("cli-yes");
        let answer = answer.trim().to_lowercase();
        Ok(!answer.is_empty() && yes.starts_with(&answer))
    }

    /// Asks for something that is not shown while it is typed.
    pub(crate) fn secret(&self, question: &str) -> Result<String, Failure> {
        drop(write!(&self.err, "{question} "));
        Term::stderr().read_secure_line().map_err(|error| Failure::output(&error))
    }

    /// Shows how far a long work is.
    pub(crate) fn work(&self, words: &Words, key: &str) -> Work {
        let label = words.say(key);
        match self.progress {
            cli::Progress::Auto if self.err.is_terminal() => Work::Bar(spinner(label)),
            cli::Progress::Plain => Work::Plain(label),
            _ => Work::Silent,
        }
    }
}

/// A long work and how it is shown.
#[derive(Debug)]
pub(crate) enum Work {
    Bar(ProgressBar),
    Plain(String),
    Silent,
}

impl Work {
    /// Says how much is done, and of how much where that is known.
    pub(crate) fn reached(&self, done: u64, of: Option<u64>) {
        if !done.is_multiple_of(STRIDE) && of != Some(done) {
            return;
        }
        match self {
            Self::Bar(bar) => {
                if let Some(of) = of.filter(|of| bar.length() != Some(*of)) {
                    measured(bar, of);
                }
                bar.set_position(done);
            }
            Self::Plain(label) => {
                let of = of.map_or_else(String::new, |of| format!(" / {of}"));
                drop(writeln!(io::stderr(), "{label} {done}{of}"));
            }
            Self::Silent => {}
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn spinner(label: String) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} ({elapsed})");
    let bar = ProgressBar::no_length().with_message(label);
    bar.set_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_spinner()));
    bar
}

fn measured(bar: &ProgressBar, of: u64) {
    bar.set_length(of);
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} ({eta})");
    bar.set_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_bar()));
}

/// `error[code] file:row [column]: what it is`, and below it how to mend it.
fn finding_text(words: &Words, finding: &Finding) -> String {
    let kind = words.say(if finding.is_error() { "cli-error" } else { "cli-warning" });
    let place = place(finding);
    let space = if place.is_empty() { "" } else { " " };
    let text = printable(&words.finding(finding));
    let head = format!("{kind}[{}]{space}{place}: {text}", finding.code);
    with_fix(words, finding, head)
}

/// `file:row [column] code: what it is`, and below it how to mend it: one line of a check.
pub(crate) fn finding_line(words: &Words, finding: &Finding) -> String {
    let place = place(finding);
    let space = if place.is_empty() { "" } else { " " };
    let text = printable(&words.finding(finding));
    let head = format!("{place}{space}{}: {text}", finding.code);
    with_fix(words, finding, head)
}

/// A finding in one line, for a file of refused rows.
pub(crate) fn finding_sentence(words: &Words, finding: &Finding) -> String {
    let text = words.finding(finding);
    let column = finding.at.column.as_ref().map(|column| format!("{column}: ")).unwrap_or_default();
    match words.fix(finding) {
        Some(fix) => format!("{column}{text} ({fix})"),
        None => format!("{column}{text}"),
    }
}

/// A finding as a document.
pub(crate) fn finding_json(words: &Words, finding: &Finding) -> Json {
    let values = finding.values.iter();
    let values: Map<String, Json> =
        values.map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "code": finding.code,
        "severity": if finding.is_error() { "error" } else { "warning" },
        "file": finding.at.file,
        "row": finding.at.row,
        "column": finding.at.column,
        "text": words.finding(finding),
        "fix": words.fix(finding),
        "values": values,
    })
}

/// A finding as it is kept for whoever looks at it later: with its words in every language.
pub(crate) fn finding_kept(all: [&Words; 2], finding: &Finding) -> Json {
    let words = all.map(|words| (words.language().to_owned(), finding_json(words, finding)));
    json!({ "code": finding.code, "words": Map::from_iter(words) })
}

/// Gives words to the findings of a submission that are there by their codes alone.
pub(crate) fn outlined(words: &Words, mut submission: Json) -> Json {
    for finding in submission["findings"].as_array_mut().into_iter().flatten() {
        if let (None, Some(code)) = (finding["text"].as_str(), finding["code"].as_str()) {
            finding["text"] = words.outline(code).into();
        }
    }
    submission
}

/// What became of a submission, as a document.
pub(crate) fn taken_json(taken: &PhoneTaken, words: &Words) -> Json {
    let record = match taken.outcome {
        PhoneOutcome::Made(record) => Some(record.to_string()),
        _ => None,
    };
    let findings = taken.findings.iter().map(|finding| finding_json(words, finding));
    json!({ "id": taken.submission.to_string(), "record": record,
            "findings": findings.collect::<Json>() })
}

/// A count in words: `3 records`.
pub(crate) fn counted(words: &Words, key: &str, count: u64) -> String {
    words.say_with(key, &[("count", Said::Number(count))])
}

fn with_fix(words: &Words, finding: &Finding, head: String) -> String {
    match words.fix(finding) {
        Some(fix) => format!("{head}\n    {}", printable(&fix)),
        None => head,
    }
}

fn place(finding: &Finding) -> String {
    let row = finding.at.row.map(|row| format!(":{row}")).unwrap_or_default();
    let file = finding.at.file.as_deref().unwrap_or_default();
    let column = finding.at.column.as_ref().map(|column| format!("[{column}]"));
    let parts = [format!("{file}{row}"), column.unwrap_or_default()];
    let parts: Vec<String> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| printable(part)).collect();
    parts.join(" ")
}
