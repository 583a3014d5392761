//! The merge by example. Against its oracles it is tested in `tests/it/merge.rs`.

use model::id::{BlobId, EntryId, LogId, Name, RecordId};
use model::time::hybrid::HybridTime;
use model::value::Value;

use super::{Happened, RecordState, fold, in_order};
use crate::operation::{
    Act, Attachment, Comment, Content, Edit, Erasure, Link, Locked, Operation, Transition,
};

/// A history in the making: entries are numbered from 1, clocks are given.
#[derive(Default)]
struct History(Vec<(EntryId, HybridTime, Operation)>);

impl History {
    /// Adds an act at this time of its author's clock.
    fn add(&mut self, clock: u64, act: Act) -> EntryId {
        let number = u8::try_from(self.0.len() + 1).unwrap();
        let entry = EntryId::from_bytes([number; 32]);
        self.0.push((entry, HybridTime::from_bits(clock), operation(u32::from(number), act)));
        entry
    }

    fn state(&self) -> RecordState<'_> {
        fold(self.happened())
    }

    /// Every entry as if it were of a device of its own.
    fn happened(&self) -> impl DoubleEndedIterator<Item = Happened<'_>> {
        self.0.iter().map(|(entry, at, operation)| Happened {
            entry: *entry,
            log: LogId::from_bytes([entry.as_bytes()[0]; 16]),
            at: *at,
            operation,
        })
    }
}

/// A clock that is behind does not put a value before the one it took the place of.
#[test]
fn what_overwrites_comes_after_what_it_overwrites() {
    let mut history = History::default();
    let first = history.add(50, set("deaths", 3, &[]));
    let second = history.add(10, set("deaths", 4, &[first]));
    let other = history.add(20, set("injured", 1, &[]));
    let third = history.add(5, set("deaths", 5, &[second, other]));
    let entries = |history: Vec<Happened<'_>>| history.iter().map(|h| h.entry).collect::<Vec<_>>();
    let order = entries(in_order(history.happened()));
    assert_eq!(order, [first, second, other, third]);
    assert_eq!(entries(in_order(history.happened().rev().chain(history.happened()))), order);
    history.add(60, Act::Erase(Erasure { entries: vec![second], blobs: Vec::new() }));
    assert_eq!(entries(in_order(history.happened())).len(), 4);
}

#[test]
fn a_record_is_what_its_only_entry_says() {
    let mut history = History::default();
    let entry = history.add(5, set("deaths", 3, &[]));
    let state = history.state();
    assert_eq!(state.register, Some(&name("incident")));
    assert_eq!(state.value(&name("deaths")), Some(&Value::Integer(3)));
    assert_eq!(state.conflicts().count(), 0);
    assert_eq!(state.first, state.last);
    assert_eq!(state.last.map(|moment| (moment.entry, moment.user)), Some((entry, 1)));
}

#[test]
fn an_edit_replaces_exactly_what_its_author_saw() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    history.add(2, set("deaths", 4, &[first]));
    assert_eq!(values(&history.state()), [4]);
}

#[test]
fn an_earlier_clock_does_not_bring_an_overwritten_value_back() {
    let mut history = History::default();
    let first = history.add(900, set("deaths", 3, &[]));
    history.add(1, set("deaths", 4, &[first]));
    assert_eq!(values(&history.state()), [4]);
}

#[test]
fn values_whose_authors_did_not_see_each_other_are_all_kept_latest_first() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    history.add(3, set("deaths", 4, &[first]));
    history.add(9, set("deaths", 5, &[first]));
    history.add(9, set("deaths", 6, &[first]));
    assert_eq!(values(&history.state()), [6, 5, 4]);
    assert_eq!(history.state().conflicts().collect::<Vec<_>>(), [&name("deaths")]);
}

#[test]
fn settling_names_every_value_and_ends_the_conflict() {
    let mut history = History::default();
    let one = history.add(1, set("deaths", 3, &[]));
    let other = history.add(2, set("deaths", 4, &[]));
    history.add(3, set("deaths", 4, &[one, other]));
    let state = history.state();
    assert_eq!((values(&state), state.conflicts().count()), (vec![4], 0));
}

#[test]
fn equal_values_from_two_authors_are_no_conflict() {
    let mut history = History::default();
    history.add(1, set("deaths", 3, &[]));
    history.add(2, set("deaths", 3, &[]));
    let state = history.state();
    assert_eq!((values(&state), state.conflicts().count()), (vec![3, 3], 0));
}

#[test]
fn an_overwrite_counts_for_the_field_it_was_made_in_and_no_other() {
    let mut history = History::default();
    let first = history.add(1, edits(vec![edit("deaths", 3, &[]), edit("injured", 7, &[])]));
    history.add(2, set("deaths", 4, &[first]));
    let state = history.state();
    assert_eq!(state.value(&name("deaths")), Some(&Value::Integer(4)));
    assert_eq!(state.value(&name("injured")), Some(&Value::Integer(7)));
}

#[test]
fn a_cleared_field_has_no_value_but_still_says_who_cleared_it() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    let cleared = Edit { content: Content::Plain(None), ..edit("deaths", 0, &[first]) };
    let clearing = history.add(2, edits(vec![cleared]));
    let state = history.state();
    assert_eq!(state.value(&name("deaths")), None);
    assert_eq!(state.shown(&name("deaths")).map(|seen| seen.entry), Some(clearing));
}

#[test]
fn a_deletion_that_saw_everything_deletes_until_it_is_taken_back() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    let deletion = history.add(2, Act::Delete { overwrites: vec![first] });
    let state = history.state();
    assert!(state.deleted && !state.edited_after_deletion);
    assert_eq!(values(&state), [3]);
    history.add(3, Act::Restore { overwrites: vec![deletion] });
    let state = history.state();
    assert!(!state.deleted && !state.edited_after_deletion && state.deletions.is_empty());
}

#[test]
fn what_a_deletion_did_not_see_brings_the_record_back_with_a_flag() {
    let unseen = [set("deaths", 4, &[]), set("injured", 1, &[]), step("checked", &[])];
    for act in unseen {
        let mut history = History::default();
        let first = history.add(1, set("deaths", 3, &[]));
        history.add(2, Act::Delete { overwrites: vec![first] });
        let late = history.add(3, act);
        let state = history.state();
        assert!(!state.deleted && state.edited_after_deletion);
        let all = state.deletions.iter().map(|seen| seen.entry).chain([first, late]).collect();
        history.add(4, Act::Delete { overwrites: all });
        assert!(history.state().deleted);
    }
}

#[test]
fn two_deletions_that_between_them_saw_everything_delete() {
    let mut history = History::default();
    let one = history.add(1, set("deaths", 3, &[]));
    let other = history.add(1, set("injured", 3, &[]));
    history.add(2, Act::Delete { overwrites: vec![one] });
    assert!(history.state().edited_after_deletion);
    history.add(2, Act::Delete { overwrites: vec![other] });
    assert!(history.state().deleted);
}

#[test]
fn a_remark_after_a_deletion_does_not_bring_the_record_back() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    history.add(2, Act::Delete { overwrites: vec![first] });
    history.add(3, say(&[]));
    let state = history.state();
    assert!(state.deleted && state.comments.len() == 1);
}

#[test]
fn remarks_files_and_links_stay_until_replaced_or_taken_away() {
    let mut history = History::default();
    let comment = history.add(1, say(&[]));
    let file = history.add(2, attach(&[]));
    history.add(3, link(&[]));
    history.add(4, say(&[comment]));
    history.add(5, Act::Remove { overwrites: vec![file] });
    let state = history.state();
    let shown = (state.comments.len(), state.attachments.len(), state.links.len());
    assert_eq!(shown, (1, 0, 1));
    assert_eq!(state.register, None);
}

#[test]
fn steps_of_a_workflow_conflict_when_they_lead_apart() {
    let mut history = History::default();
    let start = history.add(1, step("reported", &[]));
    history.add(2, step("checked", &[start]));
    history.add(3, step("checked", &[start]));
    assert_eq!(history.state().workflow_conflicts().count(), 0);
    history.add(4, step("refuted", &[start]));
    let state = history.state();
    assert_eq!(state.workflow_conflicts().collect::<Vec<_>>(), [&name("verification")]);
    let steps = state.workflows.get(&name("verification")).unwrap();
    let shown: Vec<&str> = steps.iter().map(|seen| seen.content.to.as_str()).collect();
    assert_eq!(shown, ["refuted", "checked", "checked"]);
}

#[test]
fn an_erased_entry_counts_as_if_its_body_were_gone() {
    let mut history = History::default();
    let first = history.add(1, set("deaths", 3, &[]));
    let secret = history.add(9, set("summary", 1, &[]));
    history.add(2, Act::Erase(Erasure { entries: vec![secret], blobs: vec![] }));
    let state = history.state();
    assert_eq!(state.fields.keys().collect::<Vec<_>>(), [&&name("deaths")]);
    assert_eq!(state.first.map(|moment| moment.entry), Some(first));
    assert_ne!(state.last.map(|moment| moment.entry), Some(secret));
}

#[test]
fn an_erasure_cannot_be_erased() {
    let mut history = History::default();
    let secret = history.add(1, set("deaths", 3, &[]));
    let erase = |entry| Act::Erase(Erasure { entries: vec![entry], blobs: vec![] });
    let order = history.add(8, erase(secret));
    history.add(2, erase(order));
    let state = history.state();
    assert!(state.fields.is_empty());
    assert_eq!(state.last.map(|moment| moment.entry), Some(order));
}

#[test]
fn the_register_and_batch_are_those_of_the_earliest_edit() {
    let mut history = History::default();
    let other = Act::Set { register: name("site"), edits: vec![] };
    history.add(5, other);
    history.add(2, set("deaths", 3, &[]));
    history.0.last_mut().unwrap().2.batch = Some(RecordId::from_bytes([1; 16]));
    let state = history.state();
    assert_eq!(state.register, Some(&name("incident")));
    assert!(state.register_disputed);
    assert_eq!(state.batch, Some(RecordId::from_bytes([1; 16])));
}

#[test]
fn what_cannot_be_read_is_noted_and_not_applied() {
    let mut history = History::default();
    history.add(1, set("deaths", 3, &[]));
    history.add(2, Act::Locked(Locked { nonce: [0; 24], bytes: vec![1] }));
    let last = history.add(3, Act::Unknown { kind: 99, references: vec![], bytes: vec![0x80] });
    let state = history.state();
    assert_eq!((values(&state), state.locked.len()), (vec![3], 1));
    assert_eq!(state.last.map(|moment| moment.entry), Some(last));
}

fn values(state: &RecordState<'_>) -> Vec<i64> {
    let value = |content: &Content| match content {
        Content::Plain(Some(Value::Integer(number))) => *number,
        other => panic!("{other:?}"),
    };
    state.fields.get(&name("deaths")).unwrap().iter().map(|seen| value(seen.content)).collect()
}

fn operation(user: u32, act: Act) -> Operation {
    let record = Some(RecordId::from_bytes([9; 16]));
    Operation { record, user, schema: 1, epoch: 1, batch: None, reason: None, proof: None, act }
}

fn set(field: &str, number: i64, overwrites: &[EntryId]) -> Act {
    edits(vec![edit(field, number, overwrites)])
}

fn edits(edits: Vec<Edit>) -> Act {
    Act::Set { register: name("incident"), edits }
}

fn edit(field: &str, number: i64, overwrites: &[EntryId]) -> Edit {
    let content = Content::Plain(Some(Value::Integer(number)));
    Edit { field: name(field), content, overwrites: overwrites.to_vec() }
}

fn step(to: &str, overwrites: &[EntryId]) -> Act {
    Act::Transition(Transition {
        workflow: name("verification"),
        from: None,
        to: name(to),
        effective: None,
        overwrites: overwrites.to_vec(),
    })
}

fn say(overwrites: &[EntryId]) -> Act {
    let (text, overwrites) = ("seen".to_owned(), overwrites.to_vec());
    Act::Comment(Comment { text, field: None, answers: None, overwrites })
}

fn attach(overwrites: &[EntryId]) -> Act {
    Act::Attach(Attachment {
        blob: BlobId::from_bytes([3; 32]),
        bytes: 10,
        name: "photo.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        field: None,
        key: None,
        overwrites: overwrites.to_vec(),
    })
}

fn link(overwrites: &[EntryId]) -> Act {
    let target = RecordId::from_bytes([4; 16]);
    Act::Link(Link { relation: name("duplicate-of"), target, overwrites: overwrites.to_vec() })
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}
