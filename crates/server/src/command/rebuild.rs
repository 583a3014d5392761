//! `casque rebuild`: makes everything derived anew from the journal and says whether it was right.

use model::finding::Finding;
use serde_json::json;

use super::pack::hex;
use crate::context::Context;
use crate::exit::{Exit, Failure};

/// Rebuilds. That the former state differed is worth a warning: it is mended now.
pub(crate) fn run(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let work = context.terminal.work(context.words, "cli-work-rebuild");
    let rebuilt = node.rebuild(&viewer, &mut |done, of| work.reached(done, Some(of)))?;
    drop(work);
    let same = rebuilt.before == rebuilt.after;
    let (before, after) = (hex(&rebuilt.before), hex(&rebuilt.after));
    if context.json() {
        context.terminal.json(&json!({
            "records": rebuilt.records,
            "before": before,
            "after": after,
            "same": same,
        }))?;
    } else {
        let values = [("count", rebuilt.records.into()), ("hash", (&after).into())];
        context.terminal.line(&context.words.say_with("cli-rebuilt", &values))?;
    }
    if !same {
        let finding =
            Finding::warning("state-differed").with("before", before).with("after", after);
        context.terminal.warn(context.words, &finding);
    }
    Ok(Exit::Done)
}
