//! Rights by hand, and the filter against the decision on random grants, people and records.

mod agreement;
mod fixture;

use filter::{Filter, matches};
use model::classification::Classification;
use model::value::Value;

use self::fixture::{Fields, Record, account, grant, name, names, register, role};
use crate::{Account, Action, Compartments, Reason, RegisterSchema, Registers, Viewer, table};

const CONFIDENTIAL: Classification = Classification::Confidential;

fn viewer(account: &Account, grants: Vec<crate::Grant>) -> Viewer {
    Viewer::new(account, &[role("officer", grants)])
}

fn reading(viewer: &Viewer, record: &Record) -> Reason {
    let (incident, areas) = (name("incident"), names(&["admin1", "admin2"]));
    let register = register(&incident, &Fields, &areas);
    let decision = viewer.decide(Action::Read, &register, record);
    assert_eq!(decision.allowed, matches!(decision.because, Reason::Role(_)));
    assert_eq!(matches(&viewer.filter(Action::Read, &register), record), decision.allowed);
    decision.because
}

fn open_record() -> Record {
    Record::default()
        .code("classification", "unclassified")
        .code("admin1", "ML03")
        .code("admin2", "ML0301")
}

#[test]
fn without_a_grant_nothing_is_allowed() {
    let record = open_record();
    assert_eq!(reading(&viewer(&account(), vec![]), &record), Reason::NoGrant);
    let mut other = grant();
    other.registers = Registers::Some([name("site")].into());
    assert_eq!(reading(&viewer(&account(), vec![other]), &record), Reason::NoGrant);
    let mut other = grant();
    other.actions = [Action::Export].into();
    assert_eq!(reading(&viewer(&account(), vec![other]), &record), Reason::NoGrant);
}

#[test]
fn a_role_nobody_gave_and_a_closed_account_grant_nothing() {
    let mut closed = account();
    closed.disabled = true;
    assert_eq!(reading(&viewer(&closed, vec![grant()]), &open_record()), Reason::NoGrant);
    let mut stranger = account();
    stranger.roles = vec![name("clerk")];
    assert_eq!(reading(&viewer(&stranger, vec![grant()]), &open_record()), Reason::NoGrant);
}

#[test]
fn a_role_may_ever_do_what_its_grants_let_somebody_do_to_some_record() {
    let (incident, areas) = (name("incident"), names(&["admin1"]));
    let with_caveat =
        RegisterSchema { caveat: Some("med"), ..register(&incident, &Fields, &areas) };
    let may =
        |grant: crate::Grant| role("officer", vec![grant]).may_ever(Action::Read, &with_caveat);
    assert!(may(grant()));
    let reaching =
        |names: &[&str]| Compartments::Some(names.iter().map(|text| name(text)).collect());
    assert!(may(crate::Grant { compartments: reaching(&["hr"]), ..grant() }), "one that says so");
    assert!(!may(crate::Grant { compartments: reaching(&[]), ..grant() }));
    assert!(!may(crate::Grant { scope: Some("colour = 'red'".to_owned()), ..grant() }));
    assert!(!may(crate::Grant { actions: [Action::Export].into(), ..grant() }));
    assert!(!may(crate::Grant {
        registers: Registers::AllBut([name("incident")].into()),
        ..grant()
    }));
}

#[test]
fn clearance_is_the_lower_of_the_grants_and_the_persons() {
    let record = open_record().code("classification", "confidential");
    for (of_grant, of_person) in
        [(Classification::Unclassified, CONFIDENTIAL), (CONFIDENTIAL, Classification::Unclassified)]
    {
        let (mut person, mut limited) = (account(), grant());
        (person.clearance, limited.clearance) = (of_person, of_grant);
        assert_eq!(reading(&viewer(&person, vec![limited]), &record), Reason::Classification);
    }
    assert_eq!(reading(&viewer(&account(), vec![grant()]), &record), Reason::Role(name("officer")));
}

#[test]
fn a_record_without_a_known_classification_counts_as_the_highest() {
    let (mut person, mut limited) = (account(), grant());
    for record in [
        Record::default(),
        Record::default().code("classification", "secret"),
        Record::default().with("classification", Value::Integer(0)),
    ] {
        person.clearance = Classification::StrictlyConfidential;
        limited.clearance = CONFIDENTIAL;
        assert_eq!(
            reading(&viewer(&person, vec![limited.clone()]), &record),
            Reason::Classification
        );
        limited.clearance = Classification::StrictlyConfidential;
        assert_eq!(
            reading(&viewer(&person, vec![limited.clone()]), &record),
            Reason::Role(name("officer"))
        );
    }
}

#[test]
fn a_compartment_needs_both_the_grant_and_the_person() {
    let record = open_record().code("caveat", "crsv-survivor");
    let only = |held: &[&str]| Compartments::Some(names(held).into_iter().collect());
    for (of_grant, of_person, allowed) in [
        (Compartments::All, Compartments::All, true),
        (only(&["crsv-survivor"]), Compartments::All, true),
        (Compartments::All, only(&["crsv-survivor", "medical"]), true),
        (only(&["crsv-survivor"]), only(&["medical"]), false),
        (Compartments::All, Compartments::NONE, false),
        (Compartments::NONE, Compartments::All, false),
    ] {
        let (mut person, mut limited) = (account(), grant());
        (person.compartments, limited.compartments) = (of_person, of_grant);
        let expected = if allowed { Reason::Role(name("officer")) } else { Reason::Compartment };
        let viewer = viewer(&person, vec![limited]);
        assert_eq!(reading(&viewer, &record), expected);
        assert_eq!(reading(&viewer, &open_record()), Reason::Role(name("officer")), "no caveat");
    }
}

#[test]
fn an_area_holds_its_children_and_nobody_elses() {
    let mut own = grant();
    own.own_area = true;
    let mut person = account();
    for (areas, allowed) in [
        (vec!["ML03"], true),
        (vec!["ML0301"], true),
        (vec!["ML"], true),
        (vec!["ML02", "ML03"], true),
        (vec!["ML030"], true),
        (vec!["ML0302"], false),
        (vec!["ML030101"], false),
        (vec!["ML04"], false),
        (vec!["ml03"], false),
        (vec![""], false),
        (vec!["", "ML04"], false),
        (vec![], true),
        (vec!["ML03%"], false),
        (vec!["\u{10ffff}"], false),
    ] {
        person.areas = areas.iter().map(|code| (*code).to_owned()).collect();
        let expected = if allowed { Reason::Role(name("officer")) } else { Reason::Area };
        assert_eq!(
            reading(&viewer(&person, vec![own.clone()]), &open_record()),
            expected,
            "{areas:?}"
        );
    }
    person.areas = vec!["ML03".to_owned()];
    let nowhere = Record::default().code("classification", "unclassified");
    assert_eq!(reading(&viewer(&person, vec![own]), &nowhere), Reason::Area);
}

#[test]
fn a_register_without_area_fields_has_nothing_in_anyones_area() {
    let (site, mut own, mut person) = (name("site"), grant(), account());
    own.own_area = true;
    person.areas = vec!["ML03".to_owned()];
    let register = register(&site, &Fields, &[]);
    let viewer = viewer(&person, vec![own]);
    assert_eq!(viewer.filter(Action::Read, &register), Filter::none());
    assert!(!viewer.may_ever(Action::Read, &register));
    assert_eq!(viewer.decide(Action::Read, &register, &open_record()).because, Reason::Area);
}

#[test]
fn a_scope_narrows_and_one_that_cannot_be_read_closes() {
    let mut scoped = grant();
    scoped.scope = Some("verification <> 'refuted'".to_owned());
    let reason = |verification: &str| {
        reading(
            &viewer(&account(), vec![scoped.clone()]),
            &open_record().code("verification", verification),
        )
    };
    assert_eq!(reason("verified"), Reason::Role(name("officer")));
    assert_eq!(reason("refuted"), Reason::Scope);
    let unknown = reading(&viewer(&account(), vec![scoped.clone()]), &open_record());
    assert_eq!(unknown, Reason::Scope, "unknown is not true");
    let mut broken = grant();
    broken.scope = Some("no_such_field = 1".to_owned());
    let viewer = viewer(&account(), vec![broken]);
    assert_eq!(reading(&viewer, &open_record()), Reason::ScopeUnreadable);
    let (incident, areas) = (name("incident"), names(&["admin1"]));
    assert!(!viewer.may_ever(Action::Read, &register(&incident, &Fields, &areas)));
}

#[test]
fn grants_add_up_and_the_one_that_came_furthest_explains() {
    let (mut low, mut scoped) = (grant(), grant());
    low.clearance = Classification::Unclassified;
    scoped.scope = Some("verification = 'verified'".to_owned());
    let viewer = viewer(&account(), vec![low, scoped]);
    assert_eq!(reading(&viewer, &open_record()), Reason::Role(name("officer")));
    let confidential = open_record().code("classification", "confidential");
    assert_eq!(reading(&viewer, &confidential), Reason::Scope);
}

#[test]
fn the_filter_of_a_plain_grant_is_plain() {
    let (incident, areas) = (name("incident"), names(&["admin1", "admin2"]));
    let register = register(&incident, &Fields, &areas);
    let (mut person, mut own) = (account(), grant());
    let full = viewer(&person, vec![grant()]).filter(Action::Read, &register);
    assert_eq!(full.to_text(), "classification IN ('unclassified', 'confidential')");
    own.own_area = true;
    own.compartments = Compartments::NONE;
    person.areas = vec!["ML03".to_owned()];
    let narrow = viewer(&person, vec![own]).filter(Action::Read, &register);
    assert_eq!(
        narrow.to_text(),
        "classification IN ('unclassified', 'confidential') AND caveat IS NULL AND \
         ((admin1 >= 'ML03' AND admin1 < 'ML04') OR (admin2 >= 'ML03' AND admin2 < 'ML04'))"
    );
}

#[test]
fn the_table_shows_every_role_register_and_action_that_is_granted() {
    let (mut own, mut scoped) = (grant(), grant());
    own.own_area = true;
    own.compartments = Compartments::Some([name("medical")].into());
    own.actions = [Action::Read, Action::Edit].into();
    scoped.scope = Some("verification = 'a|b'".to_owned());
    scoped.clearance = Classification::Unclassified;
    scoped.compartments = Compartments::NONE;
    let mut broken = grant();
    broken.scope = Some("zzz = 1".to_owned());
    broken.actions = [Action::Erase].into();
    let (incident, areas) = (name("incident"), names(&["admin1"]));
    let text = table(
        &[role("officer", vec![own, scoped, broken])],
        &[register(&incident, &Fields, &areas)],
    );
    assert_eq!(
        text,
        "| role | register | action | unclassified | confidential | strictly-confidential |\n\
         |---|---|---|---|---|---|\n\
         | officer | incident | read | own area; compartments medical or where verification = 'a\\|b' | own area; compartments medical | - |\n\
         | officer | incident | edit | own area; compartments medical | own area; compartments medical | - |\n\
         | officer | incident | erase | never: unreadable here: zzz = 1; every compartment | never: unreadable here: zzz = 1; every compartment | - |\n"
    );
}

#[test]
fn the_table_says_whom_a_registers_own_caveat_keeps_out() {
    let (mut outside, mut inside) = (grant(), grant());
    outside.registers = Registers::AllBut([name("site")].into());
    outside.compartments = Compartments::NONE;
    inside.compartments = Compartments::Some([name("conduct")].into());
    let roles = [role("clerk", vec![outside]), role("officer", vec![inside])];
    let (incident, site, areas) = (name("incident"), name("site"), names(&["admin1"]));
    let conduct =
        RegisterSchema { caveat: Some("conduct"), ..register(&incident, &Fields, &areas) };
    let text = table(&roles, &[conduct, register(&site, &Fields, &areas)]);
    let lines: Vec<&str> = text.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "| clerk | incident | read | never without a caveat, which is conduct | never without a caveat, which is conduct | - |",
            "| officer | incident | read | compartments conduct | compartments conduct | - |",
            "| officer | site | read | compartments conduct | compartments conduct | - |",
        ]
    );
}

#[test]
fn actions_are_read_by_their_codes() {
    for action in Action::ALL {
        assert_eq!(action.code().parse(), Ok(action));
    }
    assert!("Read".parse::<Action>().is_err());
}
