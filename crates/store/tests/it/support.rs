//! What these tests share: stores in folders that go away, people, operations and records.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use filter::{Filter, Row};
use journal::{Act, Content, Edit, Lane, Operation, Signer};
use model::classification::Classification;
use model::id::{EntryId, Name, RecordId};
use model::time::Timestamp;
use model::value::Value;
use policy::{Account, Action, Compartments, Grant, Registers, Role, Viewer};
use store::{Found, Ground, Order, Query, Store, StoreError};
use tempfile::TempDir;

use crate::pack::{name, report, tiny};

/// The present, for every writer.
pub(crate) const NOW: Timestamp = Timestamp::from_ms(1_763_798_400_000);

/// Nobody looks.
pub(crate) fn quiet(_done: u64, _all: u64) {}

/// The key of a device by number.
pub(crate) fn device(number: u8) -> Signer {
    Signer::from_secret(&[number; 32])
}

/// The id of a record by number.
pub(crate) fn record(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

/// A store in a folder of its own, and its device's key.
#[derive(Debug)]
pub(crate) struct TestStore {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
    pub(crate) signer: Signer,
}

impl TestStore {
    /// A new store of the tests' pack.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = create(&folder.path().join("node.sqlite"));
        Self { folder, store, signer: device(1) }
    }

    /// The database file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("node.sqlite")
    }

    /// Another connection to the same file.
    pub(crate) fn another(&self) -> Store {
        open(&self.file()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Appends operations in one transaction; their entries.
    pub(crate) fn append(&mut self, operations: &[Operation]) -> Vec<EntryId> {
        append(&mut self.store, &self.signer, operations)
    }

    /// Another connection, of a process that holds windows in memory.
    pub(crate) fn warmed(&self) -> Store {
        let store = self.another();
        store.warm().unwrap_or_else(|error| panic!("{error}"));
        store
    }

    /// A bare connection, for what no program of ours would do.
    pub(crate) fn tamper(&self, sql: &str) -> usize {
        let connection = rusqlite::Connection::open(self.file()).expect("the file opens");
        connection.execute(sql, []).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

/// A new store of the tests' pack in a file.
pub(crate) fn create(file: &Path) -> Store {
    let ground = Ground::create(file).unwrap_or_else(|error| panic!("{error}"));
    Store::new(ground, tiny()).unwrap_or_else(|error| panic!("{error}"))
}

/// The store in a file.
pub(crate) fn open(file: &Path) -> Result<Store, StoreError> {
    Store::new(Ground::open(file)?, tiny())
}

/// Appends operations in one transaction; their entries.
pub(crate) fn append(store: &mut Store, signer: &Signer, operations: &[Operation]) -> Vec<EntryId> {
    let mut writer = store.write(signer, 0, NOW).expect("a transaction");
    let entries = operations
        .iter()
        .map(|operation| writer.append(Lane::Routine, None, operation).expect("an entry"));
    let entries = entries.collect();
    writer.commit().expect("committed");
    entries
}

/// An act on a record, by user 7.
pub(crate) fn operation(record: RecordId, act: Act) -> Operation {
    Operation {
        record: Some(record),
        user: 7,
        schema: 1,
        epoch: 1,
        batch: None,
        reason: None,
        proof: None,
        act,
    }
}

/// The making of a record of `report`, or of fields nobody has filled.
pub(crate) fn created(record: RecordId, values: &Values) -> Operation {
    let edits = values.0.iter().map(|(field, value)| edit(field, Some(value.clone()), &[]));
    operation(record, Act::Set { register: report(), edits: edits.collect() })
}

/// One field of a record of `report` given a value, or cleared.
pub(crate) fn edited(
    record: RecordId,
    field: &str,
    value: Option<Value>,
    overwrites: &[EntryId],
) -> Operation {
    let edits = vec![edit(field, value, overwrites)];
    operation(record, Act::Set { register: report(), edits })
}

/// One field given a value, or cleared.
pub(crate) fn edit(field: &str, value: Option<Value>, overwrites: &[EntryId]) -> Edit {
    Edit { field: name(field), content: Content::Plain(value), overwrites: overwrites.to_vec() }
}

/// A record's values by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Values(pub(crate) BTreeMap<String, Value>);

impl Values {
    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.0.insert(field.to_owned(), value);
        self
    }
}

impl Row for Values {
    fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }
}

/// One grant to do everything everywhere.
pub(crate) fn full_grant() -> Grant {
    Grant {
        registers: Registers::All,
        actions: Action::ALL.into_iter().collect(),
        scope: None,
        own_area: false,
        clearance: Classification::StrictlyConfidential,
        compartments: Compartments::All,
    }
}

/// A role of these grants.
pub(crate) fn role(text: &str, grants: Vec<Grant>) -> Role {
    Role { name: name(text), labels: BTreeMap::new(), grants }
}

/// Somebody cleared for everything who has these roles.
pub(crate) fn account(roles: &[&str]) -> Account {
    Account {
        user: 7,
        name: "awa".to_owned(),
        roles: roles.iter().map(|role| name(role)).collect(),
        areas: Vec::new(),
        compartments: Compartments::All,
        clearance: Classification::StrictlyConfidential,
        disabled: false,
    }
}

/// Somebody who may do everything.
pub(crate) fn everybody() -> Viewer {
    Viewer::new(&account(&["all"]), &[role("all", vec![full_grant()])])
}

/// All records of a filter on one page.
pub(crate) fn asking(filter: Filter) -> Query {
    let (search, fields, order) = (None, Vec::new(), Order::Newest);
    Query { filter, search, fields, order, limit: 10_000, offset: 0 }
}

/// All records whose text holds these words.
pub(crate) fn searching(words: &str) -> Query {
    Query { search: Some(words.to_owned()), ..asking(Filter::all()) }
}

/// The ids of a page, which must hold everything.
pub(crate) fn ids(store: &Store, viewer: &Viewer, register: &Name, query: &Query) -> Vec<RecordId> {
    let page = store.query(viewer, register, query).unwrap_or_else(|error| panic!("{error}"));
    assert!(!page.more, "the page holds everything");
    page.records.into_iter().map(|found| found.id).collect()
}

/// The same without their order.
pub(crate) fn id_set(
    store: &Store,
    viewer: &Viewer,
    register: &Name,
    query: &Query,
) -> BTreeSet<RecordId> {
    let listed = ids(store, viewer, register, query);
    let set: BTreeSet<RecordId> = listed.iter().copied().collect();
    assert_eq!(set.len(), listed.len(), "no record twice");
    set
}

/// A record as found, by field.
pub(crate) fn values_of(store: &Store, register: &Name, found: &Found) -> Values {
    let table = store.table(register).expect("a register of the pack");
    let fields = table.fields().zip(&found.values);
    let known = fields.filter_map(|((name, _), value)| Some((name.to_string(), value.clone()?)));
    Values(known.collect())
}
