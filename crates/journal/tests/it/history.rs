//! Sites that write about one record without always seeing each other, driven by a script.

use std::collections::BTreeSet;

use journal::{Act, Comment, Content, Edit, Happened, Operation, RecordState, Transition, fold};
use model::id::{EntryId, LogId};
use model::time::hybrid::HybridTime;
use model::value::Value;
use proptest::prelude::*;

use crate::sample::{name, operation};

/// How many sites there are.
const SITES: usize = 3;
/// The fields people fill in.
pub(crate) const FIELDS: [&str; 3] = ["deaths", "place_name", "summary"];
/// The one workflow.
pub(crate) const WORKFLOW: &str = "verification";

/// One thing that happens somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    site: usize,
    /// What the site's clock says; clocks differ and stand still.
    clock: u64,
    action: Action,
}

#[derive(Clone, Debug)]
enum Action {
    Set { fields: Vec<usize>, value: i64 },
    Move { to: usize },
    Say,
    SayAgain,
    Remove,
    Delete,
    Restore,
    Receive { from: usize, entries: usize },
}

/// An operation, and what its author knew when making it.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Its entry.
    pub(crate) entry: EntryId,
    /// When, by the author's clock.
    pub(crate) at: HybridTime,
    /// What it says.
    pub(crate) operation: Operation,
    /// The entries its author knew.
    pub(crate) knew: BTreeSet<EntryId>,
}

impl Made {
    /// As the merge takes it.
    pub(crate) fn happened(&self) -> Happened<'_> {
        let log = LogId::from_bytes([0; 16]);
        Happened { entry: self.entry, log, at: self.at, operation: &self.operation }
    }
}

/// Any script of up to 24 steps.
pub(crate) fn script() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..SITES, 0_u64..6, action());
    prop::collection::vec(
        step.prop_map(|(site, clock, action)| Step { site, clock, action }),
        1..24,
    )
}

/// Everything that was made when the script was played.
pub(crate) fn play(script: &[Step]) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    let mut known: Vec<BTreeSet<EntryId>> = vec![BTreeSet::new(); SITES];
    for step in script {
        if let Action::Receive { from, entries } = step.action {
            let news: Vec<EntryId> = known[from].iter().copied().take(entries).collect();
            known[step.site].extend(news);
            continue;
        }
        let seen: Vec<&Made> =
            made.iter().filter(|one| known[step.site].contains(&one.entry)).collect();
        let Some(act) = act(&step.action, &fold(seen.iter().map(|one| one.happened()))) else {
            continue;
        };
        let entry = EntryId::from_bytes(*blake3::hash(&made.len().to_be_bytes()).as_bytes());
        let knew = known[step.site].clone();
        known[step.site].insert(entry);
        let at = HybridTime::from_bits(step.clock);
        made.push(Made { entry, at, operation: operation(act), knew });
    }
    made
}

fn action() -> impl Strategy<Value = Action> {
    let fields = prop::sample::subsequence(vec![0, 1, 2], 1..=3);
    prop_oneof![
        6 => (fields, 0_i64..3).prop_map(|(fields, value)| Action::Set { fields, value }),
        2 => (0_usize..3).prop_map(|to| Action::Move { to }),
        1 => Just(Action::Say),
        1 => Just(Action::SayAgain),
        1 => Just(Action::Remove),
        2 => Just(Action::Delete),
        1 => Just(Action::Restore),
        6 => (0..SITES, 1_usize..30).prop_map(|(from, entries)| Action::Receive { from, entries }),
    ]
}

/// What somebody who sees the record in this state does; nothing where there is nothing to do.
fn act(action: &Action, state: &RecordState<'_>) -> Option<Act> {
    let comments: Vec<EntryId> = state.comments.iter().map(|seen| seen.entry).collect();
    let deletions: Vec<EntryId> = state.deletions.iter().map(|seen| seen.entry).collect();
    match action {
        Action::Set { fields, value } => Some(set(state, fields, *value)),
        Action::Move { to } => Some(Act::Transition(step(state, *to))),
        Action::Say => Some(say(vec![])),
        Action::SayAgain => (!comments.is_empty()).then(|| say(vec![comments[0]])),
        Action::Remove => (!comments.is_empty()).then_some(Act::Remove { overwrites: comments }),
        Action::Delete => Some(Act::Delete { overwrites: visible(state) }),
        Action::Restore => {
            (!deletions.is_empty()).then_some(Act::Restore { overwrites: deletions })
        }
        Action::Receive { .. } => None,
    }
}

fn set(state: &RecordState<'_>, fields: &[usize], value: i64) -> Act {
    let edit = |field: &usize| {
        let field = name(FIELDS[*field]);
        let seen = state.fields.get(&field).into_iter().flatten();
        let overwrites = seen.map(|seen| seen.entry).collect();
        Edit { field, content: Content::Plain(Some(Value::Integer(value))), overwrites }
    };
    Act::Set { register: name("incident"), edits: fields.iter().map(edit).collect() }
}

fn step(state: &RecordState<'_>, to: usize) -> Transition {
    let workflow = name(WORKFLOW);
    let seen = state.workflows.get(&workflow).into_iter().flatten();
    Transition {
        overwrites: seen.map(|seen| seen.entry).collect(),
        workflow,
        from: None,
        to: name(["reported", "checked", "refuted"][to]),
        effective: None,
    }
}

fn say(overwrites: Vec<EntryId>) -> Act {
    Act::Comment(Comment { text: "seen".to_owned(), field: None, answers: None, overwrites })
}

/// What a person who deletes the record has before their eyes.
fn visible(state: &RecordState<'_>) -> Vec<EntryId> {
    let values = state.fields.values().flatten().map(|seen| seen.entry);
    let steps = state.workflows.values().flatten().map(|seen| seen.entry);
    values.chain(steps).chain(state.deletions.iter().map(|seen| seen.entry)).collect()
}
