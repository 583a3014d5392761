//! Everything derived stays right under edits, conflicts, deletions and restorations: the tables,
//! the sums and the text index say at every moment what the journal says, and a rebuild changes
//! nothing.

use std::collections::BTreeSet;
use std::fs::File;

use filter::Filter;
use journal::{Act, Operation, RecordState};
use model::id::{EntryId, RecordId};
use model::time::Timestamp;
use model::value::Value;
use proptest::prelude::*;
use proptest::sample::select;
use store::{Extent, GroupBy, Query, Store};

use crate::pack::{name, report};
use crate::reference::{asked, difference, fold, holds_words, journal, listed, recounted};
use crate::support::{
    TestStore, Values, asking, created, edit, everybody, id_set, ids, operation, quiet, record,
    searching,
};

/// What somebody does to a record, as the dice give it.
#[derive(Clone, Debug)]
enum Deed {
    /// Gives fields values; `blind` overwrites nothing, which leaves conflicts.
    Set {
        fields: Vec<(&'static str, Option<Value>)>,
        blind: bool,
    },
    /// Sets a field to what it shows, overwriting everything visible.
    Settle {
        field: &'static str,
    },
    Delete,
    Restore,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let fields = || prop::collection::vec(field_value(), 1..5);
    prop_oneof![
        6 => (fields(), prop::bool::weighted(0.25)).prop_map(|(fields, blind)| Deed::Set { fields, blind }),
        2 => select(vec!["deaths", "admin2", "summary", "occurred_at", "classification"])
            .prop_map(|field| Deed::Settle { field }),
        2 => Just(Deed::Delete),
        1 => Just(Deed::Restore),
    ]
}

/// Acts on records by number, in transactions.
fn transactions() -> impl Strategy<Value = Vec<Vec<(u8, Deed)>>> {
    prop::collection::vec(prop::collection::vec((0..5_u8, deeds()), 1..5), 1..12)
}

fn field_value() -> impl Strategy<Value = (&'static str, Option<Value>)> {
    let texts = ["Armed men near Gao", "armée à Ménaka", "quiet", "Gao: quiet; men, men", "-"];
    let value = prop_oneof![
        (0..5_i64).prop_map(|n| ("deaths", Value::Integer(n))),
        (0..5_i64).prop_map(|n| ("injured", Value::Integer(n))),
        (-40..40_i64).prop_map(|day| {
            ("occurred_at", Value::Time(Timestamp::from_ms(1_514_764_800_000 + day * 86_400_000)))
        }),
        select(vec!["ML0101", "ML0301", "ML0302"])
            .prop_map(|area| ("admin2", Value::Text(area.to_owned()))),
        select(texts.to_vec()).prop_map(|words| ("summary", Value::Text(words.to_owned()))),
        select(texts.to_vec()).prop_map(|words| ("side", Value::Text(words.to_owned()))),
        select(vec!["unclassified", "confidential"])
            .prop_map(|level| ("classification", Value::Code(level.to_owned()))),
        select(vec!["medical", "source"]).prop_map(|code| ("caveat", Value::Code(code.to_owned()))),
        select(vec![0, 2_500_000, 30_000_000]).prop_map(|units| {
            let at = model::place::Position::from_units(units, 0).expect("on the earth");
            ("place", Value::Geometry(model::place::Geometry::Point(at)))
        }),
    ];
    (value, prop::bool::weighted(0.85))
        .prop_map(|((field, value), given)| (field, given.then_some(value)))
}

/// The act as one who has seen the record as it is committed would write it.
fn act(state: &RecordState<'_>, deed: &Deed) -> Act {
    match deed {
        Deed::Set { fields, blind } => {
            let mut given = BTreeSet::new();
            let once = fields.iter().filter(|(field, _)| given.insert(*field));
            let edits = once.map(|(field, value)| {
                let seen = if *blind { Vec::new() } else { entries_of(state, field) };
                edit(field, value.clone(), &seen)
            });
            Act::Set { register: report(), edits: edits.collect() }
        }
        Deed::Settle { field } => {
            let shown = state.value(&name(field)).cloned();
            let edits = vec![edit(field, shown, &entries_of(state, field))];
            Act::Set { register: report(), edits }
        }
        Deed::Delete => {
            let visible = state.fields.values().flatten().map(|seen| seen.entry);
            Act::Delete { overwrites: sorted(visible) }
        }
        Deed::Restore => {
            Act::Restore { overwrites: sorted(state.deletions.iter().map(|seen| seen.entry)) }
        }
    }
}

fn entries_of(state: &RecordState<'_>, field: &str) -> Vec<EntryId> {
    sorted(state.fields.get(&name(field)).into_iter().flatten().map(|seen| seen.entry))
}

fn sorted(entries: impl Iterator<Item = EntryId>) -> Vec<EntryId> {
    entries.collect::<BTreeSet<_>>().into_iter().collect()
}

fn carry_out(test: &mut TestStore, transaction: &[(u8, Deed)]) {
    let entries = journal(&test.store);
    let operations = transaction.iter().map(|(number, deed)| {
        let state = fold(&entries, record(*number));
        operation(record(*number), act(&state, deed))
    });
    let operations: Vec<Operation> = operations.collect();
    test.append(&operations);
}

fn live(store: &Store) -> Vec<(RecordId, Values)> {
    listed(store, &report()).into_iter().map(|(id, row)| (id, row.values)).collect()
}

/// The first grouping whose sums are not those of the rows.
fn wrong_sums(store: &Store) -> Option<String> {
    let rows = live(store);
    [&["admin2", "month"][..], &["month"], &["admin2"]].into_iter().find_map(|by| {
        let sums = ["injured", "deaths"];
        let expected = recounted(rows.iter().map(|(_, row)| row), by, &sums);
        let found = asked(store, &everybody(), &Filter::all(), (by, &sums));
        (found != expected).then(|| format!("by {by:?}: {found:?}, expected {expected:?}"))
    })
}

/// The first words that are not found in exactly the records that hold them.
fn wrong_search(store: &Store) -> Option<String> {
    let rows = live(store);
    let asked =
        [&["gao"][..], &["men"], &["armee"], &["ARMÉE", "menaka"], &["quiet", "men"], &["ga"]];
    asked.into_iter().find_map(|words| {
        let holding = rows.iter().filter(|(_, row)| holds_words(&text_of(row), words));
        let expected: BTreeSet<RecordId> = holding.map(|(id, _)| *id).collect();
        let found = id_set(store, &everybody(), &report(), &searching(&words.join(" ")));
        (found != expected).then(|| format!("{words:?}: {found:?}, expected {expected:?}"))
    })
}

fn text_of(row: &Values) -> String {
    let texts = ["summary", "side"].map(|field| match row.0.get(field) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    });
    texts.join(" ")
}

fn extent(store: &Store) -> Extent {
    store.extent(&everybody(), &report()).expect("an extent")
}

fn hash(store: &Store) -> [u8; 32] {
    store.state_hash().expect("a hash")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn after_every_transaction_tables_sums_and_search_say_what_the_journal_says(
        transactions in transactions(),
    ) {
        let mut test = TestStore::new();
        let warmed = test.warmed();
        for transaction in &transactions {
            carry_out(&mut test, transaction);
            prop_assert_eq!(difference(&test.store), None);
            prop_assert_eq!(difference(&warmed), None);
            prop_assert_eq!(extent(&warmed), extent(&test.store));
            prop_assert_eq!(wrong_sums(&test.store), None);
            prop_assert_eq!(wrong_search(&test.store), None);
        }
    }

    #[test]
    fn a_rebuild_changes_nothing_and_neither_does_opening_again(
        before in transactions(),
        after in transactions(),
    ) {
        let mut test = TestStore::new();
        for transaction in &before {
            carry_out(&mut test, transaction);
        }
        let incremental = hash(&test.store);
        test.store.rebuild(&mut quiet).expect("rebuilt");
        prop_assert_eq!(hash(&test.store), incremental);
        prop_assert_eq!(hash(&test.another()), incremental);
        // What is added to rebuilt tables is added rightly.
        for transaction in &after {
            carry_out(&mut test, transaction);
        }
        prop_assert_eq!(difference(&test.store), None);
        prop_assert_eq!(wrong_sums(&test.store), None);
        let incremental = hash(&test.store);
        test.store.rebuild(&mut quiet).expect("rebuilt");
        prop_assert_eq!(hash(&test.store), incremental);
    }

    /// Nothing a person types is an error, whatever signs the text index has a meaning for.
    #[test]
    fn any_words_can_be_searched_for(words in any::<String>(), odd in "[\"*():^+{}a-c \\x00-]{0,12}") {
        let mut test = TestStore::new();
        let text = Value::Text("a b c NEAR AND".to_owned());
        test.append(&[created(record(0), &Values::default().with("summary", text))]);
        for typed in [words, odd] {
            let outcome = test.store.query(&everybody(), &report(), &searching(&typed));
            prop_assert!(outcome.is_ok(), "{:?}: {:?}", typed, outcome);
        }
    }
}

#[test]
fn derived_tables_are_made_anew_by_one_process_at_a_time() {
    let mut test = told(&["armed men"]);
    let file = test.folder.path().join("node.sqlite-rebuild");
    let lock = || File::options().write(true).open(&file).expect("the lock").try_lock().is_ok();
    let mut alone = Vec::new();
    test.store.rebuild(&mut |_done, _all| alone.push(!lock())).expect("rebuilt");
    assert_eq!(alone, [true], "another process would wait");
    assert!(lock(), "and goes on afterwards");
}

fn told(texts: &[&str]) -> TestStore {
    let mut test = TestStore::new();
    let told = texts.iter().zip(0..).map(|(text, number)| {
        let time = Value::Time(Timestamp::from_ms(i64::from(number) * 60_000));
        let values = Values::default().with("summary", Value::Text((*text).to_owned()));
        created(record(number), &values.with("occurred_at", time))
    });
    let told: Vec<Operation> = told.collect();
    test.append(&told);
    test
}

#[test]
fn words_in_quotes_stand_together_and_a_star_completes() {
    let test = told(&["armed men on motorbikes", "men armed with sticks", "armement"]);
    let found = |words: &str| ids(&test.store, &everybody(), &report(), &searching(words));
    assert_eq!(found("armed men"), [record(1), record(0)], "newest first");
    assert_eq!(found("\"armed men\""), [record(0)]);
    assert_eq!(found("arme*"), [record(2), record(1), record(0)]);
    assert_eq!(found("\"armed men\" motor*"), [record(0)]);
    assert_eq!(found("motor"), []);
    assert_eq!(found(" - "), [], "no word was asked for");
}

#[test]
fn words_are_searched_within_a_time_and_a_place() {
    let test = told(&["armed men", "armed men", "armed men"]);
    let after =
        filter::parse("occurred_at > TIMESTAMP('1970-01-01T00:00:30Z')", table(&test.store));
    let mut query = searching("men");
    query.filter = after.expect("a filter");
    let found = ids(&test.store, &everybody(), &report(), &query);
    assert_eq!(found, [record(2), record(1)]);
    let before =
        filter::parse("occurred_at <= TIMESTAMP('1970-01-01T00:01:00Z')", table(&test.store));
    query.filter = before.expect("a filter");
    assert_eq!(ids(&test.store, &everybody(), &report(), &query), [record(1), record(0)]);
}

fn table(store: &Store) -> &store::Table {
    store.table(&report()).expect("a register")
}

#[test]
fn a_record_before_1970_and_one_without_a_time_are_in_no_later_month() {
    let mut test = TestStore::new();
    let early = Value::Time("1969-12-31T23:59:59.999Z".parse().expect("a time"));
    test.append(&[
        created(record(0), &Values::default().with("occurred_at", early)),
        created(record(1), &Values::default().with("deaths", Value::Integer(2))),
    ]);
    assert_eq!(wrong_sums(&test.store), None);
    let until =
        filter::parse("occurred_at < DATE('2019-01-01')", table(&test.store)).expect("read");
    let groups = asked(&test.store, &everybody(), &until, (&["month"], &["deaths"]));
    let keys: Vec<_> = groups.into_keys().collect();
    assert_eq!(keys, [vec![Some("1969-12".to_owned())]]);
}

#[test]
fn a_record_of_nothing_but_remarks_is_in_no_register() {
    let mut test = TestStore::new();
    test.append(&[operation(record(0), Act::Delete { overwrites: Vec::new() })]);
    assert_eq!(ids(&test.store, &everybody(), &report(), &asking(Filter::all())), []);
    assert!(test.store.record(&everybody(), &report(), &record(0)).expect("read").is_none());
}

/// Sums of a register whose time is a day.
#[test]
fn a_register_with_a_day_for_its_time_is_summed_by_month_too() {
    let mut test = TestStore::new();
    let patrol = |number: u8, day: &str, strength: i64| {
        let edits = vec![
            edit("began_on", Some(Value::Date(day.parse().expect("a day"))), &[]),
            edit("strength", Some(Value::Integer(strength)), &[]),
            edit("admin1", Some(Value::Text("ML01".to_owned())), &[]),
        ];
        operation(record(number), Act::Set { register: name("patrol"), edits })
    };
    test.append(&[
        patrol(0, "2018-01-31", 3),
        patrol(1, "2018-02-01", 4),
        patrol(2, "1969-12-31", 9),
    ]);
    let schema = test.store.table(&name("patrol")).expect("a register");
    let from = filter::parse("began_on >= DATE('2018-01-01')", schema).expect("read");
    let odd =
        filter::parse("began_on >= DATE('2018-01-01') AND strength > 0", schema).expect("read");
    for filter in [from, odd] {
        let (patrol, by, sums) = (name("patrol"), [GroupBy::Month], [name("strength")]);
        let query = Query::of(filter);
        let groups = test.store.sums(&everybody(), (&patrol, &query), &by, &sums).expect("sums");
        let told: Vec<_> =
            groups.iter().map(|group| (group.keys[0].as_deref(), group.sums[0].sum)).collect();
        assert_eq!(told, [(Some("2018-01"), 3), (Some("2018-02"), 4)]);
    }
}

#[test]
fn sums_of_the_largest_numbers_are_given_and_recover_when_one_is_taken_away() {
    let mut test = TestStore::new();
    let of = |number: i64| Values::default().with("deaths", Value::Integer(number));
    test.append(&[created(record(0), &of(i64::MAX)), created(record(1), &of(i64::MAX))]);
    let sums = asked(&test.store, &everybody(), &Filter::all(), (&["kind"], &["deaths"]));
    assert_eq!(sums.len(), 1, "an impossible number does not close the figures");
    test.append(&[operation(
        record(0),
        Act::Delete { overwrites: journal(&test.store).iter().map(|e| e.id).collect() },
    )]);
    let sums = asked(&test.store, &everybody(), &Filter::all(), (&["admin2"], &["deaths"]));
    assert_eq!(sums[&vec![None]], (1, vec![(i64::MAX, 1)]));
}
