//! The filter and the decision say the same of every record.

use filter::{Filter, matches, parse};
use model::classification::Classification;
use model::id::Name;
use model::value::Value;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::fixture::{Fields, Record, name, names, register, role};
use crate::{Account, Action, Compartments, Grant, RegisterSchema, Registers, Role, Viewer};

const ACTIONS: [Action; 3] = [Action::Read, Action::Export, Action::Edit];
const CODES: [&str; 8] = ["ML", "ML03", "ML0301", "ML0302", "ML04", "ML030101", "é", ""];
const SCOPES: [&str; 6] = [
    "verification = 'verified'",
    "NOT verification = 'refuted'",
    "deaths > 1 OR armed",
    "no_such_field = 1",
    "TRUE",
    "FALSE",
];

fn compartments() -> impl Strategy<Value = Compartments> {
    let some = subsequence(vec!["medical", "crsv-survivor", "conduct"], 0..=3)
        .prop_map(|held| Compartments::Some(names(&held).into_iter().collect()));
    prop_oneof![1 => Just(Compartments::All), 3 => some]
}

fn clearance() -> impl Strategy<Value = Classification> {
    select(Classification::ALL.to_vec())
}

fn grant() -> impl Strategy<Value = Grant> {
    let registers = prop_oneof![
        3 => Just(Registers::All),
        1 => subsequence(vec!["incident", "site"], 0..=2)
            .prop_map(|some| Registers::Some(names(&some).into_iter().collect())),
        1 => subsequence(vec!["incident", "site"], 0..=2)
            .prop_map(|but| Registers::AllBut(names(&but).into_iter().collect())),
    ];
    let actions =
        subsequence(ACTIONS.to_vec(), 0..=3).prop_map(|actions| actions.into_iter().collect());
    let scope = prop::option::of(select(SCOPES.to_vec()).prop_map(str::to_owned));
    (registers, actions, scope, any::<bool>(), clearance(), compartments()).prop_map(
        |(registers, actions, scope, own_area, clearance, compartments)| Grant {
            registers,
            actions,
            scope,
            own_area,
            clearance,
            compartments,
        },
    )
}

fn roles() -> impl Strategy<Value = Vec<Role>> {
    let grants = || prop::collection::vec(grant(), 0..3);
    (grants(), grants(), grants())
        .prop_map(|(a, b, c)| vec![role("officer", a), role("analyst", b), role("clerk", c)])
}

fn account() -> impl Strategy<Value = Account> {
    let roles = subsequence(vec!["officer", "analyst", "clerk"], 0..=3);
    let areas = subsequence(CODES.to_vec(), 0..=2);
    (roles, areas, compartments(), clearance(), prop::bool::weighted(0.05)).prop_map(
        |(roles, areas, compartments, clearance, disabled)| Account {
            user: 1,
            name: "awa".to_owned(),
            roles: names(&roles),
            areas: areas.into_iter().map(str::to_owned).collect(),
            compartments,
            clearance,
            disabled,
        },
    )
}

/// Records whose values are sometimes missing, unknown or of a type they should not be.
fn record() -> impl Strategy<Value = Record> {
    let code = |codes: Vec<&'static str>| {
        prop::option::weighted(
            0.8,
            prop_oneof![
                9 => select(codes).prop_map(|code| Value::Code(code.to_owned())),
                1 => (0..2_i64).prop_map(Value::Integer),
                1 => Just(Value::Text("ML0301".to_owned())),
            ],
        )
    };
    let levels = vec!["unclassified", "confidential", "strictly-confidential", "secret", ""];
    (
        code(levels),
        code(vec!["medical", "crsv-survivor", "unheard-of", ""]),
        code(CODES.to_vec()),
        code(CODES.to_vec()),
        code(vec!["verified", "refuted"]),
        prop::option::of((0..4_i64).prop_map(Value::Integer)),
        prop::option::of(any::<bool>().prop_map(Value::Boolean)),
    )
        .prop_map(|(level, caveat, admin1, admin2, verification, deaths, armed)| {
            let fields =
                ["classification", "caveat", "admin1", "admin2", "verification", "deaths", "armed"];
            let values = [level, caveat, admin1, admin2, verification, deaths, armed];
            let present = fields.into_iter().zip(values);
            Record(present.filter_map(|(field, value)| Some((field.to_owned(), value?))).collect())
        })
}

/// What a register says of a record without a caveat.
fn of_register() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(select(vec!["medical", "crsv-survivor", "unheard-of"]))
}

fn area_fields() -> impl Strategy<Value = Vec<Name>> {
    subsequence(vec!["admin1", "admin2"], 0..=2).prop_map(|fields| names(&fields))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_filter_passes_what_the_decision_allows(
        roles in roles(), account in account(), records in prop::collection::vec(record(), 8),
        areas in area_fields(), action in select(ACTIONS.to_vec()), caveat in of_register(),
    ) {
        let viewer = Viewer::new(&account, &roles);
        let incident = name("incident");
        let register = RegisterSchema { caveat, ..register(&incident, &Fields, &areas) };
        let filter = viewer.filter(action, &register);
        for record in records {
            let decision = viewer.decide(action, &register, &record);
            prop_assert_eq!(
                matches(&filter, &record), decision.allowed,
                "{} of {:?} because {:?}", filter.to_text(), record, decision.because
            );
            prop_assert!(!decision.allowed || viewer.may_ever(action, &register));
        }
        prop_assert_eq!(viewer.may_ever(action, &register), filter != Filter::none());
    }

    /// What is shown of a filter is what is done: it reads back, so people can check it.
    #[test]
    fn the_filter_reads_back_from_its_text(
        roles in roles(), account in account(), areas in area_fields(), row in record(),
        caveat in of_register(),
    ) {
        let incident = name("incident");
        let register = RegisterSchema { caveat, ..register(&incident, &Fields, &areas) };
        let filter = Viewer::new(&account, &roles).filter(Action::Read, &register);
        let read = parse(&filter.to_text(), &Fields);
        prop_assert_eq!(read.map(|read| matches(&read, &row)), Ok(matches(&filter, &row)));
    }

    /// A caveat of the register shows a record that has none to exactly those who would see it with
    /// that caveat, so to nobody who did not see it before; a record with one of its own stays as it is.
    #[test]
    fn a_caveat_of_the_register_is_as_good_as_one_of_the_record(
        roles in roles(), account in account(), areas in area_fields(), row in record(),
        caveat in select(vec!["medical", "crsv-survivor", "unheard-of"]),
    ) {
        let viewer = Viewer::new(&account, &roles);
        let incident = name("incident");
        let plain = register(&incident, &Fields, &areas);
        let with = RegisterSchema { caveat: Some(caveat), ..plain };
        let allowed = |register: &RegisterSchema<'_>, row: &Record| {
            viewer.decide(Action::Read, register, row).allowed
        };
        let said = if row.0.contains_key("caveat") {
            row.clone()
        } else {
            row.clone().code("caveat", caveat)
        };
        prop_assert_eq!(allowed(&with, &row), allowed(&plain, &said));
        prop_assert!(!allowed(&with, &row) || allowed(&plain, &row));
    }

    /// A grant on all but some registers is that on all where it holds, and none in those.
    #[test]
    fn what_is_excepted_is_not_granted(
        mut roles in roles(), account in account(), areas in area_fields(), row in record(),
        is_excepted in any::<bool>(),
    ) {
        let incident = name("incident");
        let register = register(&incident, &Fields, &areas);
        let allowed = |roles: &[Role]| {
            Viewer::new(&account, roles).decide(Action::Read, &register, &row).allowed
        };
        let grants = |roles: &mut Vec<Role>, registers: &Registers| {
            for grant in roles.iter_mut().flat_map(|role| &mut role.grants) {
                grant.registers = registers.clone();
            }
        };
        grants(&mut roles, &Registers::All);
        let everywhere = allowed(&roles);
        let but = if is_excepted { "incident" } else { "site" };
        grants(&mut roles, &Registers::AllBut([name(but)].into()));
        prop_assert_eq!(allowed(&roles), everywhere && !is_excepted);
    }

    /// More rights never show less, and less never more.
    #[test]
    fn rights_grow_with_clearance_and_grants(
        roles in roles(), account in account(), more in grant(), areas in area_fields(), row in record(),
    ) {
        let incident = name("incident");
        let register = register(&incident, &Fields, &areas);
        let allowed = |account: &Account, roles: &[Role]| {
            Viewer::new(account, roles).decide(Action::Read, &register, &row).allowed
        };
        let before = allowed(&account, &roles);
        let mut cleared = account.clone();
        cleared.clearance = Classification::StrictlyConfidential;
        cleared.compartments = Compartments::All;
        prop_assert!(!before || allowed(&cleared, &roles));
        let mut richer = roles;
        for role in &mut richer {
            role.grants.push(more.clone());
        }
        prop_assert!(!before || allowed(&account, &richer));
    }
}
