//! Clocks and deadlines: against a slow walk over what was done, and through rights.

use std::collections::BTreeMap;

use app::Viewer;
use model::time::Timestamp;
use serde_json::{Value as Json, json};
use testkit::SeededRandomness;

use crate::desk::{Desk, clocked, figures, titled};
use crate::support::refusal;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

#[test]
fn a_clock_tells_apart_what_has_a_time_and_what_has_none() {
    let mut desk = Desk::new();
    desk.import(
        "source_id,title,status,received_at,verified_at,arrived_at,admin1,admin2\n\
         A,answered,arrived,2018-03-01T00:00Z,2018-03-01T01:00Z,2018-03-01T03:00Z,CF1,CF11\n\
         B,answered,arrived,2018-03-01T00:00Z,2018-03-02T01:00Z,2018-03-02T02:00Z,CF1,CF11\n\
         C,at the border of the month,arrived,2018-03-31T00:00Z,2018-03-31T23:30Z,2018-04-01T00:00Z,CF1,CF12\n\
         D,a leap day,arrived,2020-02-29T00:00Z,2016-02-29T22:30Z,2016-03-01T22:30Z,CF1,CF12\n\
         E,never,dropped,2018-03-01T00:00Z,2018-03-03T01:00Z,,CF1,CF11\n\
         F,open,verified,2018-03-01T00:00Z,2018-03-04T01:00Z,,CF1,CF11\n\
         G,a stamp is missing,arrived,2018-03-01T00:00Z,,2018-03-04T01:00Z,CF1,CF11\n\
         H,disorder,arrived,2018-03-01T00:00Z,2018-03-05T01:00Z,2018-03-05T00:00Z,CF1,CF11\n\
         I,not verified,received,2018-03-01T00:00Z,,,CF1,CF11\n\
         J,open after the decision,authorised,2018-03-01T00:00Z,2018-03-06T01:00Z,,CF1,\n",
    );
    let told = desk.clock(&desk.admin, &clocked("verified", "arrived", &["admin2", "month"]));
    let groups: Vec<Json> = told["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| json!([group["key"]["admin2"], group["key"]["month"], figures(group)]))
        .collect();
    let expected = [
        json!(["CF11", "2018-03", [5, 2, 3600, 7200, 1, 1, 0, 1]]),
        json!(["CF11", null, [1, 0, null, null, 0, 0, 1, 0]]),
        json!(["CF12", "2016-02", [1, 1, 86_400, 86_400, 0, 0, 0, 0]]),
        json!(["CF12", "2018-04", [1, 1, 1800, 1800, 0, 0, 0, 0]]),
        json!([null, "2018-03", [1, 0, null, null, 0, 1, 0, 0]]),
    ];
    assert_eq!(groups, expected);
    assert_eq!(figures(&told["total"]), json!([9, 4, 3600, 86_400, 1, 2, 1, 1]));
    assert_eq!(told["by"], json!(["admin2", "month"]));
    desk.assert_rebuild_changes_nothing();
}

#[test]
fn wrong_clocks_are_refused_with_all_that_is_wrong() {
    let desk = Desk::new();
    let wrong = |from: &str, to: &str, by: &[&str]| {
        refusal(desk.node.clock(&desk.admin, &clocked(from, to, by))).1
    };
    assert_eq!(
        wrong("verifed", "arrived", &["admin", "received_at"]),
        ["clock-key-unknown", "clock-key-unknown", "workflow-state-unknown"]
    );
    assert_eq!(wrong("verified", "verified", &[]), ["clock-nowhere"]);
    assert_eq!(
        wrong("verified", "arrived", &["admin1", "admin2", "kind", "status", "month"]),
        ["clock-keys-many"]
    );
    let mut permits = clocked("verified", "arrived", &[]);
    permits.question.register = "permit".to_owned();
    assert_eq!(refusal(desk.node.clock(&desk.admin, &permits)).1, ["workflow-none"]);
}

/// What was done to a record, as the test remembers it.
#[derive(Default, Clone)]
struct Remembered {
    id: String,
    area: &'static str,
    /// State and time of every entry into one; nothing where it has no stamp.
    stays: Vec<(&'static str, Option<i64>)>,
    deleted: bool,
}

/// Area and month of a group.
type Key = (String, Option<String>);

/// The figures of a clock, worked out one record after the other.
fn walked(records: &[Remembered], from: &str, to: &str) -> BTreeMap<Key, Json> {
    let mut groups: BTreeMap<Key, (Vec<i64>, [u64; 4])> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.deleted) {
        let Some(first) = record.stays.iter().position(|(state, _)| *state == from) else {
            continue;
        };
        let started = record.stays[first].1;
        let ended = record.stays[first + 1..].iter().find(|(state, _)| *state == to);
        let month = started.map(month_at_the_desk);
        let (took, counts) = groups.entry((record.area.to_owned(), month)).or_default();
        match (started, ended) {
            (Some(started), Some((_, Some(ended)))) if *ended >= started => {
                took.push(ended - started);
            }
            (Some(_), Some((_, Some(_)))) => counts[3] += 1,
            (_, Some(_)) => counts[2] += 1,
            (_, None) => {
                let standing = record.stays.last().expect("a state").0;
                // What can still be, without going through the first state again.
                let open: &[&str] = match from {
                    "received" => &["received", "verified", "authorised"],
                    "verified" => &["verified", "authorised"],
                    _ => &["arrived", "received", "dropped"],
                };
                let is_open = open.contains(&standing);
                counts[usize::from(is_open)] += 1;
            }
        }
    }
    let told = |(mut took, counts): (Vec<i64>, [u64; 4])| {
        took.sort_unstable();
        let rank = |share: usize| {
            (!took.is_empty()).then(|| took[(took.len() * share).div_ceil(10) - 1] / 1_000)
        };
        let all = took.len() as u64 + counts.iter().sum::<u64>();
        json!([all, took.len(), rank(5), rank(9), counts[0], counts[1], counts[2], counts[3]])
    };
    groups.into_iter().map(|(key, group)| (key, told(group))).collect()
}

fn month_at_the_desk(at: i64) -> String {
    Timestamp::from_ms(at + HOUR_MS).to_string().chars().take(7).collect()
}

/// One thing done to one record, and remembered.
fn act(desk: &mut Desk, dice: &mut SeededRandomness, record: &mut Remembered, now: i64) {
    let id = record.id.clone();
    let (state, left) = *record.stays.last().expect("a state");
    let steps: &[(&str, &str, Option<&str>)] = match state {
        "received" => &[("verify", "verified", Some("verified_at")), ("drop", "dropped", None)],
        "verified" => &[
            ("arrive", "arrived", Some("arrived_at")),
            ("drop", "dropped", None),
            ("drop", "dropped", None),
        ],
        _ => &[("reopen", "received", None)],
    };
    let pick = |dice: &mut SeededRandomness, of: u64| dice.below(of);
    let (name, to, stamp) = steps[usize::try_from(pick(dice, steps.len() as u64)).expect("small")];
    let given = stamp.filter(|_| pick(dice, 3) > 0);
    let at = left
        .map_or(now, |left| left + (now - left) * i64::try_from(pick(dice, 5)).expect("small") / 4);
    let values =
        given.map_or(json!({}), |field| json!({ field: Timestamp::from_ms(at).to_string() }));
    desk.moved(&id, name, values);
    record.stays.push((to, Some(if given.is_some() { at } else { now })));
    if to == "received" {
        // No stamp of its own on the way back: that of the start is the latest entry's.
        record.stays.last_mut().expect("a state").1 = Some(now);
    }
}

#[test]
fn clocks_are_those_of_a_slow_walk_over_what_was_done() {
    for seed in 0..4 {
        let (mut desk, mut dice) = (Desk::new(), SeededRandomness::new(seed));
        let mut now = "2018-03-10T07:30:00Z".parse::<Timestamp>().expect("a time").as_ms();
        let mut records: Vec<Remembered> = Vec::new();
        for step in 0..90 {
            let minutes = i64::try_from(dice.below(3_000)).expect("small");
            desk.clock.advance_ms(minutes * MINUTE_MS);
            now += minutes * MINUTE_MS;
            let which = usize::try_from(dice.below(records.len() as u64 + 1)).expect("small");
            let few = records.len() < 14;
            match records.get_mut(which) {
                None if few => {
                    let area = ["CF11", "CF12"][usize::try_from(dice.below(2)).expect("small")];
                    let at = now - i64::try_from(dice.below(90)).expect("small") * 8 * HOUR_MS;
                    let given = json!({ "admin2": area, "received_at": Timestamp::from_ms(at).to_string() });
                    let id = desk.warning(titled("W", given));
                    let stays = vec![("received", Some(at))];
                    records.push(Remembered { id, area, stays, deleted: false });
                }
                Some(record) if !record.deleted => match dice.below(12) {
                    0 => {
                        desk.delete(&record.id);
                        record.deleted = true;
                    }
                    1 => correct(&mut desk, &mut dice, record),
                    _ => act(&mut desk, &mut dice, record, now),
                },
                _ => {}
            }
            if step % 15 == 14 {
                for (from, to) in [
                    ("verified", "arrived"),
                    ("received", "verified"),
                    ("received", "arrived"),
                    ("arrived", "verified"),
                ] {
                    let told = desk.clock(&desk.admin, &clocked(from, to, &["admin2", "month"]));
                    let groups = told["groups"].as_array().expect("groups").iter().map(|group| {
                        let key = |name: &str| group["key"][name].as_str().map(str::to_owned);
                        ((key("admin2").unwrap_or_default(), key("month")), figures(group))
                    });
                    let groups: BTreeMap<_, _> = groups.collect();
                    assert_eq!(
                        groups,
                        walked(&records, from, to),
                        "seed {seed}, step {step}: {from} to {to}"
                    );
                }
            }
        }
        desk.assert_rebuild_changes_nothing();
    }
}

/// Corrects the stamp of the latest entry into a state that has one, also to a time that cannot be.
fn correct(desk: &mut Desk, dice: &mut SeededRandomness, record: &mut Remembered) {
    let (state, field) = [("verified", "verified_at"), ("arrived", "arrived_at")]
        [usize::try_from(dice.below(2)).expect("small")];
    let Some((_, at)) = record.stays.iter_mut().rev().find(|(known, _)| *known == state) else {
        return;
    };
    let corrected = at.expect("a stamp") - i64::try_from(dice.below(200)).expect("small") * HOUR_MS;
    desk.edit(&record.id, json!({ field: Timestamp::from_ms(corrected).to_string() }));
    *at = Some(corrected);
}

#[test]
fn what_is_overdue_comes_latest_first_and_rises_to_whoever_must_know() {
    let mut desk = Desk::new();
    let (watch, chief) = (desk.person("awa", &["watch"]), desk.person("ben", &["chief"]));
    let reader = desk.person("cy", &["reader"]);
    let late = desk.warning(titled(
        "late",
        json!({ "received_at": "2018-03-10T05:00Z", "admin1": "CF1", "admin2": "CF11" }),
    ));
    let early = desk.warning(titled("early", json!({ "received_at": "2018-03-10T07:05Z" })));
    let long = desk.warning(titled(
        "long ago",
        json!({ "received_at": "2017-01-01T00:00Z", "classification": "confidential" }),
    ));
    let titles = |late: &[Json]| {
        late.iter()
            .map(|item| item["title"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&desk.overdue(&desk.admin, false)), ["long ago", "late"]);
    assert_eq!(
        desk.overdue(&chief, false)[1],
        json!({
            "register": "warning", "record": late, "title": "late", "state": "received", "deadline": "verify",
            "due": "2018-03-10T05:30:00Z", "overdue_s": 7200, "escalated_to": ["chief"], "area": "CF11",
        })
    );
    assert_eq!(desk.overdue(&desk.admin, false)[0]["escalated_to"], json!(["chief", "keeper"]));
    // Whoever may not see the record is told neither of it nor of its number.
    assert_eq!(titles(&desk.overdue(&reader, false)), ["late"]);
    assert_eq!(titles(&desk.overdue(&reader, true)), Vec::<String>::new());
    assert_eq!(titles(&desk.overdue(&watch, true)), ["long ago", "late"], "they may move it on");
    let shown = desk.shown(&early)["clock"].clone();
    assert_eq!(
        shown,
        json!({
            "state": "received", "deadline": "verify", "entered": "2018-03-10T07:05:00Z",
            "due": "2018-03-10T07:35:00Z", "overdue": false, "escalated_to": [],
        })
    );
    desk.clock.advance_ms(5 * MINUTE_MS);
    assert_eq!(
        titles(&desk.overdue(&desk.admin, false)),
        ["long ago", "late"],
        "what falls due now is not late"
    );
    desk.clock.advance_ms(1);
    assert_eq!(titles(&desk.overdue(&desk.admin, false)), ["long ago", "late", "early"]);
    assert_eq!(desk.shown(&early)["clock"]["overdue"], json!(true));
    desk.moved(&late, "verify", json!({}));
    desk.delete(&long);
    assert_eq!(titles(&desk.overdue(&desk.admin, false)), ["early"]);
    desk.moved(&early, "drop", json!({}));
    assert_eq!(desk.shown(&early)["clock"], Json::Null);
    let absent = app::OverdueQuestion { register: Some("permit".to_owned()), mine: false };
    assert_eq!(refusal(desk.node.overdue(&watch, &absent)).1, ["register-unknown"]);
}

#[test]
fn a_clock_counts_what_its_viewer_may_read() {
    let mut desk = Desk::new();
    let reader = desk.person("cy", &["reader"]);
    for (title, more) in
        [("open", json!({})), ("closed", json!({ "classification": "confidential" }))]
    {
        let id = desk.warning(titled(title, more));
        desk.moved(&id, "verify", json!({}));
        desk.moved(&id, "arrive", json!({}));
    }
    let count = |who: &Viewer, filter: Option<&str>| {
        let mut asked = clocked("verified", "arrived", &[]);
        asked.question.filter = filter.map(str::to_owned);
        desk.clock(who, &asked)["total"]["count"].clone()
    };
    assert_eq!((count(&desk.admin, None), count(&reader, None)), (json!(2), json!(1)));
    assert_eq!(count(&reader, Some("title = 'closed'")), json!(0));
    let nobody = desk.person("di", &[]);
    assert_eq!(
        refusal(desk.node.clock(&nobody, &clocked("verified", "arrived", &[]))).1,
        ["register-unknown"]
    );
    assert_eq!(desk.overdue(&nobody, false), Vec::<Json>::new());
}
