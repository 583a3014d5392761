//! Merging two records and taking it back: what is seen of both, what is kept, and who may.

use app::{Kind, Merge, Question, Stretch, Viewer};
use serde_json::{Value as Json, json};

use crate::desk::{Desk, clocked, titled};
use crate::support::{TestNode, all, filtered, id_of, refusal, texts, user};
use crate::tiles;

const HEAD: &str =
    "source_id,occurred_at,type,place,admin2,side_a,summary,deaths_best,classification,caveat\n";
const OURS: &str =
    "ours,2018-03-01T10:00Z,TE-IED,15.9182 2.4022,ML0801,,Mine near Ménaka,4,unclassified,\n";
const THEIRS: &str = "theirs,2018-03-01T11:00Z,TE-IED,15.92 2.41,ML0801,JNIM,Explosion on the road,6,unclassified,\n";

fn two() -> (TestNode, String, String) {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{OURS}{THEIRS}"));
    (node, id_of("incident", "ours"), id_of("incident", "theirs"))
}

fn merge(
    node: &mut TestNode,
    by: &Viewer,
    (kept, other): (&str, &str),
    take: &[&str],
) -> Result<usize, app::AppError> {
    let take: Vec<String> = take.iter().map(|field| (*field).to_owned()).collect();
    let merge = Merge { other, take: &take, reason: Some("the same mine") };
    node.node.merge(by, ("incident", kept), merge).map(|done| done.outcome)
}

fn merged(node: &mut TestNode, both: (&str, &str), take: &[&str]) {
    let admin = node.admin.clone();
    merge(node, &admin, both, take).unwrap_or_else(|error| panic!("{error}"));
}

fn unmerged(node: &mut TestNode, other: &str) {
    let admin = node.admin.clone();
    let into = node.node.unmerge(&admin, ("incident", other), Some("two mines".to_owned()));
    into.unwrap_or_else(|error| panic!("{error}"));
}

/// A record without what every entry changes.
fn state(node: &TestNode, id: &str) -> Json {
    let mut shown = node.show("incident", id);
    for passing in ["version", "changed", "entries"] {
        shown.as_object_mut().expect("an object").remove(passing);
    }
    shown
}

fn deaths(node: &mut TestNode) -> i64 {
    let admin = node.admin.clone();
    node.deaths_by(&admin, None, &[]).values().map(|(_count, sum)| sum).sum()
}

#[test]
fn a_merged_record_is_in_no_list_and_both_histories_stay() {
    let (mut node, ours, theirs) = two();
    let admin = node.admin.clone();
    node.node.comment(&admin, ("incident", &theirs), "told by the mayor", None).expect("said");
    merged(&mut node, (&ours, &theirs), &["side_a"]);
    assert_eq!(node.keys(&admin, None), ["ours"]);
    assert_eq!(node.node.count(&admin, &all("incident")).expect("a count"), 1);
    assert_eq!(deaths(&mut node), 4);
    let kept = node.show("incident", &ours);
    assert_eq!(
        (&kept["values"]["side_a"], &kept["values"]["deaths_best"]),
        (&json!("JNIM"), &json!(4))
    );
    assert_eq!(kept["merged"][0]["id"], json!(theirs));
    assert_eq!(kept["merged"][0]["reason"], json!("the same mine"));
    assert_eq!(
        (&kept["comments"][0]["text"], &kept["comments"][0]["record"]),
        (&json!("told by the mayor"), &json!(theirs))
    );
    let other = node.show("incident", &theirs);
    assert_eq!((&other["merged_into"], &other["is_merged"]), (&json!(ours), &json!(true)));
    assert_eq!(other["values"]["deaths_best"], json!(6));
    assert_eq!(other["can"]["edit"], json!(false));
    let edit = texts(&[("deaths_best", "7")]);
    assert_eq!(
        refusal(node.node.edit_record(&admin, ("incident", &theirs), &edit, None)),
        (Kind::Conflict, vec!["record-merged"])
    );
    let alike = node.node.alike(&admin, "incident", &ours).expect("told");
    assert_eq!(alike["look_alikes"], json!([]));
    node.assert_rebuild_changes_nothing();
}

/// What every way of looking at many records tells of the incidents.
fn looked_at(node: &mut TestNode) -> Json {
    let admin = node.admin.clone();
    let searched = Question { search: Some("road".to_owned()), ..all("incident") };
    let count = |question: &Question| node.node.count(&admin, question).expect("a count");
    let found = (count(&searched), count(&filtered("incident", "deaths_best = 6")));
    let exported = node.export(&admin, &all("incident")).expect("exported").len();
    let extent = node.node.extent(&admin, "incident").expect("an extent");
    let timeline = node.node.timeline(&admin, &all("incident"), Stretch::Day).expect("told");
    let facets = node.node.facets(&admin, &all("incident"), &["type".to_owned()]).expect("told");
    let (drawn, deaths) = tiles::totals(node, &admin, &tiles::asked(None), 0);
    json!([found, exported, format!("{extent:?}"), timeline, facets, drawn, deaths])
}

#[test]
fn a_merged_record_is_in_no_search_export_extent_timeline_facet_or_tile() {
    let mut alone = TestNode::minusma();
    alone.incidents(&format!("{HEAD}{OURS}"));
    let (mut node, ours, theirs) = two();
    let before = looked_at(&mut node);
    merged(&mut node, (&ours, &theirs), &[]);
    assert_eq!(looked_at(&mut node), looked_at(&mut alone));
    unmerged(&mut node, &theirs);
    assert_eq!(looked_at(&mut node), before);
}

#[test]
fn a_merged_record_is_in_no_clock_and_nothing_of_it_is_overdue() {
    let mut desk = Desk::new();
    let late = |title: &str| titled(title, json!({ "received_at": "2018-03-10T05:00Z" }));
    let (ours, theirs) = (desk.warning(late("ours")), desk.warning(late("theirs")));
    let admin = desk.admin.clone();
    let told = |desk: &Desk| {
        let clock = desk.clock(&desk.admin, &clocked("received", "verified", &[]));
        let late = desk.overdue(&desk.admin, false);
        let late: Vec<Json> = late.iter().map(|late| late["title"].clone()).collect();
        json!([clock["total"]["count"], late, desk.shown(&theirs)["clock"]["deadline"]])
    };
    let before = told(&desk);
    assert_eq!(before, json!([2, ["ours", "theirs"], "verify"]));
    let merge = Merge { other: &theirs, ..Merge::default() };
    desk.node.merge(&admin, ("warning", ours.as_str()), merge).expect("merged");
    assert_eq!(told(&desk), json!([1, ["ours"], null]));
    desk.assert_rebuild_changes_nothing();
    desk.node.unmerge(&admin, ("warning", theirs.as_str()), None).expect("parted");
    assert_eq!(told(&desk), before);
}

#[test]
fn taking_a_merge_back_brings_no_other_record_back_into_sight() {
    let (mut node, ours, theirs) = two();
    node.incidents(&format!("{HEAD}{}", OURS.replace("ours", "third")));
    let (admin, third) = (node.admin.clone(), id_of("incident", "third"));
    let refused =
        |node: &mut TestNode| refusal(node.node.unmerge(&admin, ("incident", &theirs), None)).1;
    merged(&mut node, (&ours, &theirs), &["summary"]);
    // Into the kept record, which was merged itself, or deleted, nothing can be written.
    merged(&mut node, (&third, &ours), &[]);
    assert_eq!(refused(&mut node), ["record-merged"]);
    assert_eq!(node.keys(&admin, None), ["third"]);
    unmerged(&mut node, &ours);
    node.delete("ours");
    assert_eq!(refused(&mut node), ["record-deleted"]);
    assert_eq!(node.keys(&admin, None), ["theirs", "third"]);
    node.node.restore_record(&admin, ("incident", &ours), None).expect("restored");
    unmerged(&mut node, &theirs);
    assert_eq!(node.keys(&admin, None), ["ours", "theirs", "third"]);
    assert_eq!(node.value("ours", "summary"), json!("Mine near Ménaka"));
}

#[test]
fn whoever_may_not_read_the_kept_record_hears_nothing_of_it_from_the_other() {
    let (mut node, ours, theirs) = two();
    merged(&mut node, (&ours, &theirs), &[]);
    node.edit("ours", &[("classification", "confidential")]);
    let low = node.add(app::NewUser {
        clearance: model::classification::Classification::Unclassified,
        ..user("low", &["joc-chief"])
    });
    let shown = node.node.show(&low, "incident", &theirs).expect("shown").0;
    assert_eq!((&shown["merged_into"], &shown["links"]), (&json!(null), &json!([])));
    let told = node.node.unmerge(&low, ("incident", &theirs), None).expect_err("refused");
    assert!(!format!("{told:?}").contains(&ours), "{told:?}");
    assert_eq!(refusal(Err::<(), _>(told)), (Kind::DeniedOrAbsent, vec!["not-allowed"]));
}

#[test]
fn taking_a_merge_back_brings_both_back_and_keeps_what_was_changed_since() {
    let (mut node, ours, theirs) = two();
    let before = (state(&node, &ours), state(&node, &theirs));
    merged(&mut node, (&ours, &theirs), &["side_a", "summary", "deaths_best"]);
    unmerged(&mut node, &theirs);
    assert_eq!((state(&node, &ours), state(&node, &theirs)), before);
    assert_eq!(deaths(&mut node), 10);
    // A second time, with a change between: of what was taken over, and of something else.
    merged(&mut node, (&ours, &theirs), &["side_a", "summary"]);
    let admin = node.admin.clone();
    let edit = texts(&[("summary", "Mine at the bridge"), ("deaths_best", "5")]);
    node.node.edit_record(&admin, ("incident", &ours), &edit, None).expect("edited");
    unmerged(&mut node, &theirs);
    let mut expected = before.0.clone();
    expected["values"]["summary"] = json!("Mine at the bridge");
    expected["values"]["deaths_best"] = json!(5);
    assert_eq!(state(&node, &ours), expected);
    assert_eq!(state(&node, &theirs), before.1);
    assert_eq!(
        refusal(node.node.unmerge(&admin, ("incident", &theirs), None)),
        (Kind::Conflict, vec!["record-not-merged"])
    );
    node.assert_rebuild_changes_nothing();
}

#[test]
fn an_edit_before_a_merge_is_not_taken_back_with_it() {
    let (mut node, ours, theirs) = two();
    let admin = node.admin.clone();
    node.node
        .edit_record(&admin, ("incident", &ours), &texts(&[("deaths_best", "9")]), None)
        .expect("edited");
    let before = state(&node, &ours);
    merged(&mut node, (&ours, &theirs), &[]);
    unmerged(&mut node, &theirs);
    assert_eq!(state(&node, &ours), before);
}

#[test]
fn a_chain_leads_to_its_end_and_each_link_can_be_taken_back() {
    let (mut node, ours, theirs) = two();
    node.incidents(&format!("{HEAD}{}", OURS.replace("ours", "third")));
    let third = id_of("incident", "third");
    let admin = node.admin.clone();
    merged(&mut node, (&ours, &theirs), &[]);
    merged(&mut node, (&third, &ours), &[]);
    assert_eq!(node.keys(&admin, None), ["third"]);
    assert_eq!(node.show("incident", &theirs)["merged_into"], json!(third));
    assert_eq!(node.show("incident", &third)["merged"].as_array().map(Vec::len), Some(2));
    unmerged(&mut node, &ours);
    assert_eq!(node.keys(&admin, None), ["ours", "third"]);
    assert_eq!(node.show("incident", &theirs)["merged_into"], json!(ours));
    node.delete("ours");
    assert_eq!(node.keys(&admin, None), ["theirs", "third"]);
    node.assert_rebuild_changes_nothing();
}

#[test]
fn what_the_source_changes_of_a_merged_record_brings_it_back_into_sight() {
    let (mut node, ours, theirs) = two();
    let admin = node.admin.clone();
    merged(&mut node, (&ours, &theirs), &[]);
    let again = node.incidents(&format!("{HEAD}{THEIRS}"));
    assert_eq!((again.unchanged, again.updated), (1, 0));
    assert_eq!(node.keys(&admin, None), ["ours"]);
    let later = node.incidents(&format!("{HEAD}{}", THEIRS.replace(",6,", ",8,")));
    assert_eq!(later.updated, 1);
    assert_eq!(node.keys(&admin, None), ["ours", "theirs"]);
    let shown = node.show("incident", &theirs);
    assert_eq!(
        (&shown["edited_after_merge"], &shown["values"]["deaths_best"]),
        (&json!(true), &json!(8))
    );
    merged(&mut node, (&ours, &theirs), &[]);
    assert_eq!(node.keys(&admin, None), ["ours"]);
}

#[test]
fn only_who_may_edit_both_merges_and_nothing_goes_down_or_out_of_sight() {
    let (mut node, ours, theirs) = two();
    let reader = node.add(user("reader", &["mission-leadership"]));
    assert_eq!(
        refusal(merge(&mut node, &reader, (&ours, &theirs), &[])),
        (Kind::DeniedOrAbsent, vec!["not-allowed"])
    );
    let admin = node.admin.clone();
    assert_eq!(refusal(merge(&mut node, &admin, (&ours, &ours), &[])).1, ["merge-itself"]);
    assert_eq!(
        refusal(merge(&mut node, &admin, (&ours, &theirs), &["sied_a"])).1,
        ["answer-field-unknown"]
    );
    let edit = texts(&[("classification", "confidential")]);
    node.node.edit_record(&admin, ("incident", &theirs), &edit, None).expect("edited");
    assert_eq!(
        refusal(merge(&mut node, &admin, (&theirs, &ours), &[])).1,
        ["merge-more-protected"]
    );
    assert_eq!(
        refusal(merge(&mut node, &admin, (&ours, &theirs), &["side_a"])).1,
        ["merge-takes-protected"]
    );
    // Whoever is not cleared for the other does not hear that there is one.
    let low = node.add(app::NewUser {
        clearance: model::classification::Classification::Unclassified,
        ..user("low", &["jmac-analyst"])
    });
    let mut before = node.node.show(&low, "incident", &ours).expect("shown").0;
    let chief = node.add(user("chief", &["joc-chief"]));
    merge(&mut node, &chief, (&ours, &theirs), &[]).expect("merged");
    let shown = node.node.show(&low, "incident", &ours).expect("shown").0;
    assert_eq!((&shown["merged"], &shown["entries"]), (&json!([]), &json!(1)));
    before["version"] = shown["version"].clone();
    assert_eq!(shown, before);
    let steps = node.node.history(&low, "incident", &ours).expect("a history");
    assert!(!steps.iter().any(|step| step.0.to_string().contains(&theirs)), "{steps:?}");
    assert_eq!(node.node.history(&admin, "incident", &ours).expect("a history").len(), 2);
}

#[test]
fn two_records_that_are_said_to_be_two_are_not_asked_about_again() {
    let (mut node, ours, theirs) = two();
    let admin = node.admin.clone();
    let alike = |node: &TestNode, id: &str| {
        let told = node.node.alike(&node.admin, "incident", id).expect("told");
        told["look_alikes"].as_array().map(Vec::len)
    };
    let edit = texts(&[("summary", "Mine near Menaka")]);
    node.node.edit_record(&admin, ("incident", &theirs), &edit, None).expect("edited");
    assert_eq!((alike(&node, &ours), alike(&node, &theirs)), (Some(1), Some(1)));
    node.node.say_distinct(&admin, ("incident", &ours), &theirs, None).expect("said");
    assert_eq!((alike(&node, &ours), alike(&node, &theirs)), (Some(0), Some(0)));
    assert_eq!(
        node.show("incident", &ours)["links"],
        json!([{ "relation": "not-duplicate-of", "target": theirs }])
    );
    node.node.unsay_distinct(&admin, ("incident", &theirs), &ours, None).expect("taken back");
    assert_eq!((alike(&node, &ours), alike(&node, &theirs)), (Some(1), Some(1)));
    assert_eq!(node.keys(&admin, None), ["ours", "theirs"]);
    let near = node.node.ask(&admin, &filtered("incident", "deaths_best > 4")).expect("asked");
    assert_eq!(near.records.len(), 1);
}
