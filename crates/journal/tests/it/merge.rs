//! The merge against two other ways to say what a record is: what each author knew, and a replay
//! of one operation after the other.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Erasure, Happened, RecordState, fold};
use model::id::{EntryId, Name};
use proptest::prelude::*;

use crate::history::{FIELDS, Made, WORKFLOW, play, script};
use crate::sample::{name, operation};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn visible_is_what_nobody_who_wrote_the_same_thing_knew_of(script in script()) {
        let made = play(&script);
        let state = fold(made.iter().map(Made::happened));
        prop_assert_eq!(summary(&state), by_knowledge(&made));
    }

    #[test]
    fn order_and_repetition_do_not_matter(
        script in script(), order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
    ) {
        let made = play(&script);
        let mut shuffled: Vec<Happened<'_>> = made.iter().map(Made::happened).collect();
        for (place, index) in order.iter().enumerate().take(shuffled.len()) {
            let other = index.index(shuffled.len());
            shuffled.swap(place, other);
        }
        let again: Vec<Happened<'_>> = shuffled.iter().step_by(2).copied().collect();
        shuffled.extend(again);
        prop_assert_eq!(fold(shuffled), fold(made.iter().map(Made::happened)));
    }

    #[test]
    fn any_part_of_a_history_with_erasures_is_what_a_replay_makes_of_it(
        script in script(), keep in prop::collection::vec(any::<bool>(), 24),
        erase in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..4),
    ) {
        let mut made = play(&script);
        made.extend(erasures(&made, &erase));
        let kept: Vec<&Made> = made.iter().zip(keep.iter().cycle()).filter(|(_, keep)| **keep).map(|(one, _)| one).collect();
        let forwards = replay(kept.iter().copied());
        let backwards = replay(kept.iter().copied().rev());
        prop_assert_eq!(&forwards, &backwards);
        prop_assert_eq!(summary(&fold(kept.iter().map(|one| one.happened()))), forwards);
    }

    #[test]
    fn carrying_out_an_erasure_changes_nothing_more(
        script in script(), erase in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..4),
    ) {
        let mut made = play(&script);
        made.extend(erasures(&made, &erase));
        let erased = erased(&made);
        let left = made.iter().filter(|one| !erased.contains(&one.entry));
        prop_assert_eq!(fold(left.map(Made::happened)), fold(made.iter().map(Made::happened)));
    }
}

/// Which entries are visible where, and the flags.
#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    fields: BTreeMap<Name, BTreeSet<EntryId>>,
    steps: BTreeSet<EntryId>,
    comments: BTreeSet<EntryId>,
    deletions: BTreeSet<EntryId>,
    deleted: bool,
    edited_after_deletion: bool,
}

impl Summary {
    /// Sets the flags, `knew` saying what the author of a deletion had seen.
    fn with_flags(mut self, knew: impl Fn(&EntryId) -> BTreeSet<EntryId>) -> Self {
        let seen: BTreeSet<EntryId> = self.deletions.iter().flat_map(&knew).collect();
        let visible = self.fields.values().flatten().chain(&self.steps);
        let unseen = visible.filter(|entry| !seen.contains(entry)).count();
        self.deleted = !self.deletions.is_empty() && unseen == 0;
        self.edited_after_deletion = !self.deletions.is_empty() && unseen > 0;
        self
    }
}

fn summary(state: &RecordState<'_>) -> Summary {
    let entries = |seen: &mut dyn Iterator<Item = EntryId>| seen.collect::<BTreeSet<EntryId>>();
    Summary {
        fields: state
            .fields
            .iter()
            .map(|(field, seen)| ((*field).clone(), entries(&mut seen.iter().map(|one| one.entry))))
            .collect(),
        steps: entries(&mut state.workflows.values().flatten().map(|one| one.entry)),
        comments: entries(&mut state.comments.iter().map(|one| one.entry)),
        deletions: entries(&mut state.deletions.iter().map(|one| one.entry)),
        deleted: state.deleted,
        edited_after_deletion: state.edited_after_deletion,
    }
}

/// The first oracle: a value shows unless the author of another value of the field knew of it. It
/// never looks at what operations name as overwritten, except to tell which comment was replaced.
fn by_knowledge(made: &[Made]) -> Summary {
    let visible = |is_one: &dyn Fn(&Act) -> bool, hides: &dyn Fn(&Act) -> bool| {
        let shown = made.iter().filter(|one| {
            let known =
                |other: &&Made| hides(&other.operation.act) && other.knew.contains(&one.entry);
            is_one(&one.operation.act) && !made.iter().any(|other| known(&other))
        });
        shown.map(|one| one.entry).collect::<BTreeSet<EntryId>>()
    };
    let mut summary = Summary::default();
    for field in FIELDS.map(name) {
        let sets = |act: &Act| match act {
            Act::Set { edits, .. } => edits.iter().any(|edit| edit.field == field),
            _ => false,
        };
        let shown = visible(&sets, &sets);
        if !shown.is_empty() {
            summary.fields.insert(field, shown);
        }
    }
    let moves = |act: &Act| matches!(act, Act::Transition(_));
    let deletes = |act: &Act| matches!(act, Act::Delete { .. });
    let restores = |act: &Act| deletes(act) || matches!(act, Act::Restore { .. });
    summary.steps = visible(&moves, &moves);
    summary.deletions = visible(&deletes, &restores);
    summary.comments = comments_left(made);
    let knew = |deletion: &EntryId| {
        made.iter().find(|one| one.entry == *deletion).expect("it was made").knew.clone()
    };
    summary.with_flags(knew)
}

fn comments_left(made: &[Made]) -> BTreeSet<EntryId> {
    let mut left: BTreeSet<EntryId> = BTreeSet::new();
    for one in made {
        if matches!(one.operation.act, Act::Comment(_)) {
            left.insert(one.entry);
        }
    }
    for one in made {
        if let Act::Comment(journal::Comment { overwrites, .. }) | Act::Remove { overwrites } =
            &one.operation.act
        {
            left.retain(|entry| !overwrites.contains(entry));
        }
    }
    left
}

/// The second oracle: one operation after the other, each removing what it overwrites and adding
/// its own unless that was overwritten before it came.
fn replay<'m>(made: impl Iterator<Item = &'m Made> + Clone) -> Summary {
    let erased = erased(made.clone());
    let mut showing: BTreeMap<(String, EntryId), BTreeSet<EntryId>> = BTreeMap::new();
    let mut gone: BTreeSet<(String, EntryId)> = BTreeSet::new();
    for one in made {
        if erased.contains(&one.entry) {
            continue;
        }
        for (place, adds, overwrites) in shares(&one.operation.act) {
            for entry in &overwrites {
                showing.remove(&(place.clone(), *entry));
                gone.insert((place.clone(), *entry));
            }
            let key = (place, one.entry);
            if adds && !gone.contains(&key) {
                showing.insert(key, seen_by(&one.operation.act));
            }
        }
    }
    summed(&showing)
}

fn summed(showing: &BTreeMap<(String, EntryId), BTreeSet<EntryId>>) -> Summary {
    let mut summary = Summary::default();
    for (place, entry) in showing.keys() {
        match place.split_once(':').expect("a place and a name") {
            ("field", field) => {
                summary.fields.entry(name(field)).or_default().insert(*entry);
            }
            ("steps", _) => drop(summary.steps.insert(*entry)),
            ("elements", _) => drop(summary.comments.insert(*entry)),
            _ => drop(summary.deletions.insert(*entry)),
        }
    }
    summary.with_flags(|deletion| showing[&("deletions:".to_owned(), *deletion)].clone())
}

/// Where an act adds something, whether it does, and what it overwrites there.
fn shares(act: &Act) -> Vec<(String, bool, Vec<EntryId>)> {
    match act {
        Act::Set { edits, .. } => edits
            .iter()
            .map(|edit| (format!("field:{}", edit.field), true, edit.overwrites.clone()))
            .collect(),
        Act::Transition(step) => vec![(format!("steps:{WORKFLOW}"), true, step.overwrites.clone())],
        Act::Comment(comment) => vec![("elements:".to_owned(), true, comment.overwrites.clone())],
        Act::Remove { overwrites } => vec![("elements:".to_owned(), false, overwrites.clone())],
        Act::Delete { overwrites } => vec![("deletions:".to_owned(), true, overwrites.clone())],
        Act::Restore { overwrites } => vec![("deletions:".to_owned(), false, overwrites.clone())],
        _ => vec![],
    }
}

fn seen_by(act: &Act) -> BTreeSet<EntryId> {
    match act {
        Act::Delete { overwrites } => overwrites.iter().copied().collect(),
        _ => BTreeSet::new(),
    }
}

fn erased<'m>(made: impl IntoIterator<Item = &'m Made>) -> BTreeSet<EntryId> {
    let mut named = BTreeSet::new();
    let mut orders = BTreeSet::new();
    for one in made {
        if let Act::Erase(erasure) = &one.operation.act {
            named.extend(erasure.entries.iter().copied());
            orders.insert(one.entry);
        }
    }
    &named - &orders
}

/// Erasures of what was made, some of which name an earlier erasure too.
fn erasures(made: &[Made], wanted: &[(prop::sample::Index, bool)]) -> Vec<Made> {
    let mut orders: Vec<Made> = Vec::new();
    for (index, and_the_last_order) in wanted.iter().filter(|_| !made.is_empty()) {
        let mut entries = vec![index.get(made).entry];
        entries.extend(orders.last().filter(|_| *and_the_last_order).map(|order| order.entry));
        let number = made.len() + orders.len();
        orders.push(Made {
            entry: EntryId::from_bytes(*blake3::hash(&number.to_be_bytes()).as_bytes()),
            at: index.get(made).at,
            operation: operation(Act::Erase(Erasure { entries, blobs: vec![] })),
            knew: BTreeSet::new(),
        });
    }
    orders
}
