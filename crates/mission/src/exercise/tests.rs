//! What is said of exercises, right and wrong.

use model::id::{Name, RecordId};
use model::limits::EXERCISE_IMPORTS_MAX;

use super::{Deed, load};
use crate::testing::Tiny;

const EXERCISE: &str = "name = \"dawn\"\ntitle = { en = \"Dawn\" }\nday_one = 2021-11-01\ndays = 3\n\
    [[user]]\nname = \"ann\"\nrole = \"analyst\"\ntitle = { en = \"Ann\" }\n\
    [[import]]\nregister = \"incident\"\nmapping = \"generic\"\nfile = \"../demo/rows.csv\"\nday = 1\n";
const INJECTS: &str = "inject_no,day,at,type,means,text::en,expected::en,grid,modules\n\
    1,1,2021-11-01T10:00Z,event,radio,Shots,Recorded,30QZD1588001273,T-1\n";
const ACTS: &str = "[[act]]\ninject = 1\nat = \"2021-11-02T07:05Z\"\nby = \"ann\"\ndo = \"create\"\n\
    register = \"incident\"\nkey = \"one\"\n[act.values]\ntype = \"clash\"\ndeaths = 2\n\
    [[act]]\nat = \"2021-11-02T08:00Z\"\nby = \"ann\"\ndo = \"merge\"\nregister = \"incident\"\n\
    key = \"key:R1\"\nother = \"one\"\n\
    [[check]]\ninject = 1\nby = \"ann\"\nregister = \"incident\"\nfilter = \"deaths = 2\"\ncount = 1\n\
    says = { en = \"seen\" }\n";

fn tiny() -> Tiny {
    let tiny = Tiny::new().edited("pack.toml", "[[comp", "exercise = true\n[[comp");
    tiny.with("core", "exercise/exercise.toml", EXERCISE)
        .with("core", "demo/rows.csv", "source_id,occurred_at,deaths\nR1,2021-11-01T00:00Z,1\n")
        .with("core", "exercise/injects.csv", INJECTS)
        .with("core", "exercise/acts/day-02.toml", ACTS)
}

fn said(file: &str, from: &str, to: &str) -> Vec<String> {
    let text = match file {
        "exercise.toml" => EXERCISE,
        "injects.csv" => INJECTS,
        _ => ACTS,
    };
    assert!(text.contains(from), "{from} stands in {file}");
    tiny().with("core", &format!("exercise/{file}"), text.replacen(from, to, 1)).said("core")
}

#[test]
fn an_exercise_is_read_with_names_as_ids() {
    assert_eq!(tiny().said("core"), Vec::<String>::new());
    let tiny = tiny();
    let exercise = load(&tiny.pack("core"), &tiny).expect("right").expect("there");
    let register = Name::new("incident").expect("a name");
    let made = RecordId::derived(&register, "exercise:dawn", "one");
    assert_eq!(exercise.acts[0].record, made);
    assert_eq!(exercise.acts[1].record, RecordId::derived(&register, "generic", "R1"));
    assert_eq!(exercise.acts[1].deed, Deed::Merge(made, Vec::new()));
    assert_eq!(exercise.checks[0].count, (1, 1));
    assert_eq!(exercise.injects[0].position.map(|at| at.to_string().len() > 3), Some(true));
    // The role reaches no further than this, so neither does the person.
    assert_eq!(exercise.users[0].compartments.len(), 1);
    assert_eq!(exercise.users[0].clearance.code(), "confidential");
}

#[test]
fn a_pack_without_exercise_has_none() {
    let tiny = Tiny::new();
    assert!(load(&tiny.pack("core"), &tiny).expect("right").is_none());
}

#[test]
fn every_slip_is_found_where_it_stands() {
    for (file, from, to, finding) in [
        ("exercise.toml", "analyst", "analist", "role-unknown ../core"),
        ("exercise.toml", "days = 3", "days = 0", "exercise-days exercise/exercise.toml:4 [days]"),
        ("exercise.toml", "rows.csv", "row.csv", "exercise-file-missing exercise/exercise.toml:12"),
        ("exercise.toml", "day = 1", "day = 9", "exercise-day-outside"),
        ("exercise.toml", "role =", "areas = [\"X\"]\nrole =", "exercise-area-unknown"),
        (
            "injects.csv",
            "1,1,2021-11-01",
            "1,2,2021-11-01",
            "exercise-day-differs exercise/injects.csv:2",
        ),
        ("injects.csv", "event", "evnt", "toml-value-unknown exercise/injects.csv:2 [type]"),
        ("injects.csv", "30QZD", "31QZD", "exercise-grid"),
        ("injects.csv", "T-1", "T-2", "exercise-module-unknown"),
        ("injects.csv", "grid", "grit", "exercise-column-unknown exercise/injects.csv:1 [grit]"),
        ("acts", "inject = 1", "inject = 7", "exercise-inject-unknown"),
        ("acts", "11-02T07", "11-03T07", "exercise-day-differs"),
        ("acts", "T08:00Z", "T07:00Z", "exercise-time-order"),
        ("acts", "by = \"ann\"", "by = \"anne\"", "exercise-user-unknown"),
        ("acts", "other = \"one\"", "other = \"two\"", "exercise-key-unknown"),
        ("acts", "key:R1", "key:R2", "exercise-key-unknown"),
        ("acts", "type = \"clash\"", "type = \"clush\"", "code-unknown"),
        ("acts", "deaths = 2\n[", "deaths = \"many\"\n[", "answer-not"),
        ("acts", "type = ", "typ = ", "field-unknown"),
        ("acts", "deaths = 2\"", "deaths = 'x'\"", "filter-"),
        ("acts", "\"merge\"", "\"marge\"", "toml-value-unknown"),
        ("acts", "\"merge\"", "\"step\"\nstep = \"go\"", "transition-unknown"),
        ("acts", "count = 1", "", "exercise-check-count"),
    ] {
        let file = if file == "acts" { "acts/day-02.toml" } else { file };
        let said = said(file, from, to);
        let code = finding.split_once(" ../").map_or(finding, |(code, _)| code);
        assert!(said.iter().any(|said| said.contains(code)), "{from} > {to}: {said:?}");
    }
}

const BACKGROUND: &str = "seed = 1\nper_day = 4\nregister = \"incident\"\nkey = \"B\"\ntext = \"summary\"\n\
    duplicates = 25\nwrong_grids = 25\nlevel = 1\n\
    [person]\nname = \"log\"\nrole = \"analyst\"\ntitle = { en = \"Log\" }\n\
    [areas]\nML05 = 1\n[values]\ntype = \"clash\"\n[words]\nmen = [\"men\"]\n\
    [[type]]\ntexts = [\"{men} near {place}, {2-5}\"]\n";

fn with_background(from: &str, to: &str) -> Tiny {
    assert!(BACKGROUND.contains(from), "{from}");
    let area = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"ML05","name":"Mopti"},
        "geometry":{"type":"Polygon","coordinates":[[[-5,14],[-3,14],[-3,15],[-5,15],[-5,14]]]}}]}"#;
    tiny()
        .with("core", "exercise/background.toml", BACKGROUND.replacen(from, to, 1))
        .with("core", "places/adm1.geojson", area)
        .with("core", "places/towns.csv", "code,name,lon,lat\nT1,Mopti,-4.2,14.5\n")
        .with(
            "core",
            "places/places.toml",
            "[[level]]\nlevel = 1\nfile = \"adm1.geojson\"\ncode = \"code\"\nname = \"name\"\n\
             [[gazetteer]]\nfile = \"towns.csv\"\ncode = \"code\"\nname = \"name\"\n\
             longitude = \"lon\"\nlatitude = \"lat\"\n",
        )
}

#[test]
fn a_background_is_the_same_for_a_seed_and_says_what_is_wrong_in_it() {
    let drawn = |tiny: &Tiny| {
        assert_eq!(tiny.said("core"), Vec::<String>::new());
        let exercise = load(&tiny.pack("core"), tiny).expect("right").expect("there");
        let places = crate::places::load("core", tiny).expect("places");
        let background = exercise.background.expect("drawn");
        background.events(&places, exercise.day_one.start(), exercise.days)
    };
    let events = drawn(&with_background("seed", "seed"));
    assert_eq!(events, drawn(&with_background("seed", "seed")));
    assert_ne!(events, drawn(&with_background("seed = 1", "seed = 2")));
    let again = events.iter().filter(|event| event.again.is_some()).count();
    assert_eq!((events.len(), again), (15, 3), "twelve events, a quarter of them told twice");
    assert_eq!(events.iter().filter(|event| event.told_at.is_some()).count(), 3);
    assert!(events.windows(2).all(|pair| pair[0].reported <= pair[1].reported));
    for (from, to, finding) in [
        ("ML05 = 1", "ML06 = 1", "exercise-background-area"),
        ("ML05 = 1", "ML05 = 4000000000", "toml-number-range"),
        ("key = \"B\"", "key = \"B'%\"", "exercise-background-key"),
        ("{men}", "{man}", "exercise-background-word"),
        ("\"clash\"", "\"clush\"", "code-unknown"),
        ("duplicates = 25", "duplicates = 26", "exercise-background-share"),
        ("per_day = 4", "per_day = 9999", "exercise-too-many"),
        ("texts = [\"{men} near {place}, {2-5}\"]", "texts = []", "exercise-background-empty"),
        ("role = \"analyst\"", "role = \"nobody\"", "role-unknown"),
    ] {
        let said = with_background(from, to).said("core");
        assert!(said.iter().any(|said| said.contains(finding)), "{to}: {said:?}");
    }
}

#[test]
fn an_exercise_has_no_more_files_than_a_load_can_bring_in() {
    let one = "[[import]]\nregister = \"incident\"\nmapping = \"generic\"\nfile = \"../demo/rows.csv\"\nday = 1\n";
    let many = EXERCISE.to_owned() + &one.repeat(EXERCISE_IMPORTS_MAX);
    let said = tiny().with("core", "exercise/exercise.toml", many).said("core");
    assert!(said.iter().any(|said| said.starts_with("exercise-too-many")), "{said:?}");
}

#[test]
fn a_person_of_a_pack_never_administers() {
    let tiny = tiny().edited("roles.toml", "[\"read\"]", "[\"read\", \"administer\"]");
    let said = tiny.said("core");
    assert!(said.iter().any(|said| said.starts_with("exercise-user-administers")), "{said:?}");
}

#[test]
fn an_act_that_must_be_refused_may_be_wrong_and_makes_nothing() {
    let refused = ACTS.replacen("key = \"one\"", "key = \"one\"\nrefused = \"code-unknown\"", 1);
    let refused = refused.replace("clash", "clush");
    let said = tiny().with("core", "exercise/acts/day-02.toml", refused).said("core");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("exercise-key-unknown"), "{said:?}");
}
