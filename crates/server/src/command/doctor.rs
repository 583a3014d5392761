//! `casque doctor`: looks at everything of a node and of what serving it needs, and says what is wrong and what mends it.

mod serving;

use app::{Check, Condition};
use serde_json::{Value as Json, json};

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::system;
use crate::terminal::{finding_json, finding_line};
use crate::words::Words;

/// Looks; wrong where something must be mended.
pub(crate) fn run(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let mut checks = node.doctor(&viewer)?;
    checks.extend(serving::checks(node.files(), system::environment().clock.now()));
    let words = context.words;
    if context.json() {
        let checks: Json = checks.iter().map(|check| check_json(words, check)).collect();
        context.terminal.json(&checks)?;
    } else {
        for check in &checks {
            context.terminal.line(&check_line(words, check))?;
        }
    }
    let bad = checks.iter().any(|check| matches!(check.condition, Condition::Bad(_)));
    Ok(if bad { Exit::Invalid } else { Exit::Done })
}

fn check_line(words: &Words, check: &Check) -> String {
    let what = words.say(&format!("cli-doctor-{}", check.what));
    match &check.condition {
        Condition::Good => format!("{what}: {}", words.say("cli-good")),
        Condition::Warning(finding) | Condition::Bad(finding) => {
            format!("{what}: {}", finding_line(words, finding))
        }
    }
}

fn check_json(words: &Words, check: &Check) -> Json {
    let (condition, finding) = match &check.condition {
        Condition::Good => ("good", None),
        Condition::Warning(finding) => ("warning", Some(finding)),
        Condition::Bad(finding) => ("bad", Some(finding)),
    };
    json!({
        "check": check.what,
        "condition": condition,
        "finding": finding.map(|finding| finding_json(words, finding)),
    })
}
