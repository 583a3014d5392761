//! Roles, areas and clearances limit every answer alike, and what is withheld is as if it were not.

use app::{ExportFormat, Kind, Question, SumBy, TileQuestion, Viewer};
use model::classification::Classification;
use serde_json::{Value as Json, json};

use crate::support::{TestNode, all, filtered, id_of, refusal, texts, user};

/// Real events, and an officer of the Ménaka region.
fn menaka() -> (TestNode, Viewer) {
    let mut test = TestNode::minusma();
    test.ucdp();
    let mut officer = user("awa", &["sector-operations-officer"]);
    officer.areas = vec!["ML09".to_owned(), "ML0703".to_owned()];
    let officer = test.add(officer);
    (test, officer)
}

/// What lies in the officer's areas, as the administrator would ask for it.
const OWN: &str = "admin1 = 'ML09' OR admin2 = 'ML0703'";

fn ids(test: &TestNode, viewer: &Viewer, question: &Question) -> Vec<String> {
    let answer = test.node.ask(viewer, question).unwrap_or_else(|error| panic!("{error}"));
    answer.records.iter().map(|record| record.id.to_string()).collect()
}

fn with_filter(question: &Question, more: &str) -> Question {
    let filter = question.filter.as_ref();
    let filter = filter.map_or_else(|| more.to_owned(), |own| format!("({own}) AND ({more})"));
    Question { filter: Some(filter), ..question.clone() }
}

#[test]
fn an_officer_of_an_area_finds_what_the_administrator_finds_there_and_nothing_else() {
    let (mut test, officer) = menaka();
    let own = ids(&test, &test.admin, &filtered("incident", OWN));
    assert!(own.len() > 5 && own.len() < 735, "{}", own.len());
    let words = Question { search: Some("civilians".to_owned()), ..all("incident") };
    let questions = [
        all("incident"),
        filtered("incident", "S_INTERSECTS(place, BBOX(-12, 10, 4, 25))"),
        filtered(
            "incident",
            "S_INTERSECTS(place, BBOX(0, 13, 3, 17)) AND occurred_at >= DATE('2015-01-01')",
        ),
        filtered("incident", "deaths_best >= 3"),
        words,
    ];
    for question in questions {
        let expected = with_filter(&question, OWN);
        let found = ids(&test, &officer, &question);
        assert_eq!(found, ids(&test, &test.admin, &expected), "{question:?}");
        let count = test.node.count(&officer, &question).expect("a count");
        assert_eq!(count, found.len() as u64, "{question:?}");
        let exported = test.export(&officer, &question).expect("exported");
        let exported: Vec<&str> = exported.iter().filter_map(|row| row["id"].as_str()).collect();
        assert_eq!(exported, found, "{question:?}");
    }
    let admin = test.admin.clone();
    for (filter, by) in [(None, "admin2"), (None, "month"), (Some("deaths_best > 1"), "type")] {
        let narrowed =
            filter.map_or_else(|| OWN.to_owned(), |filter| format!("({filter}) AND ({OWN})"));
        let found = test.deaths_by(&officer, filter, &[by]);
        assert_eq!(found, test.deaths_by(&admin, Some(&narrowed), &[by]), "{filter:?} by {by}");
    }
}

#[test]
fn a_record_elsewhere_and_one_that_never_was_are_refused_in_the_same_words() {
    let (mut test, officer) = menaka();
    let elsewhere =
        ids(&test, &test.admin, &filtered("incident", &format!("NOT ({OWN})"))).remove(0);
    let nowhere = "00000000000000000000000009";
    let answers = texts(&[("summary", "changed")]);
    let said = |test: &mut TestNode, id: &str| {
        let at = ("incident", id);
        [
            refusal(test.node.show(&officer, "incident", id)),
            refusal(test.node.history(&officer, "incident", id)),
            refusal(test.node.edit_record(&officer, at, &answers, None)),
            refusal(test.node.comment(&officer, at, "seen", None)),
            refusal(test.node.delete_record(&officer, at, None)),
        ]
    };
    let denied = said(&mut test, &elsewhere);
    assert_eq!(denied, said(&mut test, nowhere));
    assert!(
        denied.iter().all(|said| *said == (Kind::DeniedOrAbsent, vec!["record-absent"])),
        "{denied:?}"
    );
}

#[test]
fn raising_a_records_classification_takes_it_out_of_every_answer() {
    let mut test = TestNode::minusek();
    test.incidents(
        "source_id,occurred_at,type,summary,deaths_best,admin2\n\
         A,2021-11-02T06:00Z,AC-CLASH,Alpha,3,KU0101\nB,2021-11-02T06:00Z,AC-CLASH,Beta,4,KU0101\n",
    );
    let mut reader = user("awa", &["jmac-analyst"]);
    reader.clearance = Classification::Confidential;
    let reader = test.add(reader);
    assert_eq!(test.keys(&reader, None), ["A", "B"]);
    test.edit("A", &[("classification", "strictly-confidential")]);
    assert_eq!(test.keys(&reader, None), ["B"]);
    assert_eq!(test.keys(&reader, Some("deaths_best = 3")), Vec::<String>::new());
    let words = Question { search: Some("alpha".to_owned()), ..all("incident") };
    assert_eq!(test.node.count(&reader, &words).expect("a count"), 0);
    let sums = test.deaths_by(&reader, None, &["admin2"]);
    assert_eq!(sums[&vec![Some("KU0101".to_owned())]], (1, 4));
    let id = id_of("incident", "A");
    let refused = test.node.show(&reader, "incident", &id);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["record-absent"]));
}

#[test]
fn the_journal_withholds_what_it_says_of_records_the_administrator_may_not_read() {
    let mut test = TestNode::minusek();
    test.incidents(
        "source_id,occurred_at,type,summary,deaths_best,admin2\n\
         A,2021-11-02T06:00Z,AC-CLASH,Alpha,3,KU0101\nB,2021-11-02T06:00Z,AC-CLASH,Beta,4,KU0101\n",
    );
    let mut keeper = user("awa", &["administrator"]);
    keeper.clearance = Classification::Confidential;
    let keeper = test.add(keeper);
    test.edit("A", &[("classification", "strictly-confidential")]);
    let told = |test: &TestNode, viewer: &Viewer| {
        let steps = test.node.journal(viewer, 0, 1_000).expect("the journal");
        let texts: Vec<String> = steps.iter().map(|(_, step)| step.0.to_string()).collect();
        (texts.len(), texts.concat())
    };
    let (all, everything) = told(&test, &test.admin);
    let (shown, seen) = told(&test, &keeper);
    assert!(everything.contains("Alpha") && everything.contains(&id_of("incident", "A")));
    assert!(seen.contains("Beta") && !seen.contains("Alpha"));
    assert!(!seen.contains(&id_of("incident", "A")));
    assert_eq!(shown, all, "every link of the chain is there");
}

#[test]
fn a_compartment_is_closed_to_whoever_was_not_read_into_it() {
    let mut test = TestNode::minusek();
    let csv = "source_id,occurred_at,type,caveat,classification\n\
        A,2021-11-02T06:00Z,AC-CLASH,source-protected,unclassified\nB,2021-11-02T06:00Z,AC-CLASH,,unclassified\n";
    test.incidents(csv);
    let outside = test.add(user("awa", &["jmac-analyst"]));
    let mut inside = user("bintou", &["jmac-analyst"]);
    inside.compartments = vec!["source-protected".to_owned()];
    let inside = test.add(inside);
    let mut unrelated = user("chaka", &["training-officer"]);
    unrelated.compartments = vec!["source-protected".to_owned()];
    let unrelated = test.add(unrelated);
    assert_eq!(test.keys(&outside, None), ["B"]);
    assert_eq!(test.keys(&inside, None), ["A", "B"]);
    assert_eq!(test.keys(&unrelated, None), Vec::<String>::new(), "nothing is verified");
}

#[test]
fn a_scope_of_a_role_follows_the_record() {
    let mut test = TestNode::minusek();
    test.incidents("source_id,occurred_at,type\nA,2021-11-02T06:00Z,AC-CLASH\n");
    let trainer = test.add(user("awa", &["training-officer"]));
    assert_eq!(test.keys(&trainer, None), Vec::<String>::new());
    let id = id_of("incident", "A");
    for step in ["take-up", "verify"] {
        test.step(&id, step);
    }
    assert_eq!(test.keys(&trainer, None), ["A"]);
    for step in ["reopen", "refute"] {
        test.step(&id, step);
    }
    assert_eq!(test.keys(&trainer, None), Vec::<String>::new());
}

#[test]
fn reading_is_not_exporting_nor_editing() {
    let mut test = TestNode::minusek();
    test.incidents("source_id,occurred_at,type,admin1\nA,2021-11-02T06:00Z,AC-CLASH,KU01\n");
    let mut officer = user("awa", &["team-site-officer"]);
    officer.areas = vec!["KU01".to_owned()];
    let officer = test.add(officer);
    assert_eq!(test.keys(&officer, None), ["A"]);
    let refused = test.export(&officer, &all("incident"));
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["export-not-allowed"]));
    let planner = test.add(user("bintou", &["planning-officer"]));
    assert_eq!(test.export(&planner, &all("incident")).expect("exported").len(), 1);
    let (id, answers) = (id_of("incident", "A"), texts(&[("summary", "changed")]));
    let refused = test.node.edit_record(&planner, ("incident", &id), &answers, None);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["not-allowed"]));
}

/// Nobody may lift a record over the fence they stand behind, nor make one beyond it.
#[test]
fn a_change_must_be_allowed_on_the_record_as_it_was_and_as_it_will_be() {
    let mut test = TestNode::minusek();
    test.incidents("source_id,occurred_at,type,admin1\nA,2021-11-02T06:00Z,AC-CLASH,KU01\n");
    let mut officer = user("awa", &["sector-operations-officer"]);
    officer.areas = vec!["KU01".to_owned()];
    let officer = test.add(officer);
    let id = id_of("incident", "A");
    for answers in
        [[("admin1", "KU02")], [("admin1", "")], [("classification", "strictly-confidential")]]
    {
        let refused = test.node.edit_record(&officer, ("incident", &id), &texts(&answers), None);
        assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["not-allowed"]), "{answers:?}");
    }
    let answers = texts(&[("summary", "seen by the patrol")]);
    test.node.edit_record(&officer, ("incident", &id), &answers, None).expect("edited");
    let elsewhere =
        [("occurred_at", "2021-11-02T06:00Z"), ("type", "AC-CLASH"), ("admin1", "KU02")];
    let refused = test.node.create_record(&officer, "incident", &texts(&elsewhere), None);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["not-allowed"]));
}

/// Which registers a mission keeps is not everybody's to know, nor what is asked in them.
#[test]
fn a_register_closed_to_somebody_and_one_there_is_not_are_refused_in_the_same_words() {
    let mut test = TestNode::minusek();
    let nobody = test.add(user("nobody", &[]));
    let told = |test: &mut TestNode, register: &str, filter: &str| {
        let (node, question) = (&mut test.node, filtered(register, filter));
        let tile = TileQuestion { question: question.clone(), cells: None };
        let sums = SumBy { question: question.clone(), sums: Vec::new(), by: Vec::new() };
        let (at, id) = ((register, "00000000000000000000000009"), "00000000000000000000000009");
        let (answers, out) = (texts(&[("no_such_field", "x")]), &mut Vec::new());
        let errors = [
            node.ask(&nobody, &question).map(drop),
            node.count(&nobody, &question).map(drop),
            node.write_records(&nobody, &question, true, out).map(drop),
            node.features(&nobody, &question, out).map(drop),
            node.export(&nobody, &question, ExportFormat::Csv, out).map(drop),
            node.sums(&nobody, &sums).map(drop),
            node.timeline(&nobody, &question, app::Stretch::Day).map(drop),
            node.facets(&nobody, &question, &["type".to_owned()]).map(drop),
            node.register_tile(&nobody, &tile, (0, 0, 0)).map(drop),
            node.register_tiles_json(&nobody, register, "x").map(drop),
            node.register_json(&nobody, register, "en").map(drop),
            node.extent(&nobody, register).map(drop),
            node.show(&nobody, register, id).map(drop),
            node.feature(&nobody, at, out).map(drop),
            node.attachments(&nobody, register, id).map(drop),
            node.create_record(&nobody, register, &answers, None).map(drop),
            node.edit_record(&nobody, at, &answers, None).map(drop),
        ];
        assert!(out.is_empty());
        errors.map(|error| {
            let error = error.expect_err("refused");
            assert_eq!(error.findings[0].code, "register-unknown");
            (error.kind, error.to_string().replace(register, ""))
        })
    };
    for filter in ["TRUE = TRUE", "no_such_field = 1"] {
        let closed = told(&mut test, "incident", filter);
        assert_eq!(closed, told(&mut test, "incidents", filter), "{filter}");
    }
}

/// As the pack says: may file into a restricted compartment and cannot read it back.
#[test]
fn what_somebody_may_only_file_they_do_not_read_back() {
    let mut test = TestNode::minusek();
    let mut officer = user("awa", &["section-officer"]);
    officer.compartments = vec!["hrd-only".to_owned()];
    let officer = test.add(officer);
    let answers = texts(&[
        ("occurred_at", "2021-11-02T06:00Z"),
        ("type", "VC-KILL"),
        ("caveat", "hrd-only"),
        ("classification", "strictly-confidential"),
    ]);
    let id = test
        .node
        .create_record(&officer, "incident", &answers, None)
        .expect("filed")
        .outcome
        .to_string();
    let refused = test.node.show(&officer, "incident", &id);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["record-absent"]));
    assert_eq!(test.node.count(&officer, &all("incident")).expect("a count"), 0);
    let mut rights = user("bintou", &["human-rights-officer"]);
    rights.compartments = vec!["hrd-only".to_owned()];
    let rights = test.add(rights);
    assert_eq!(
        test.node.show(&rights, "incident", &id).expect("shown").0["created"]["user"],
        json!("awa")
    );
}

#[test]
fn only_administrators_look_into_the_node_itself() {
    let mut test = TestNode::minusek();
    let analyst = test.add(user("awa", &["jmac-analyst"]));
    let folder = test.folder.path().join("journal");
    let denied = [
        refusal(test.node.users(&analyst)),
        refusal(test.node.journal(&analyst, 0, 10)),
        refusal(test.node.batches(&analyst)),
        refusal(test.node.record_counts(&analyst)),
        refusal(test.node.export_journal(&analyst, &folder)),
        refusal(test.node.rebuild(&analyst, &mut |_, _| {})),
        refusal(test.node.doctor(&analyst)),
        refusal(test.node.add_user(&analyst, user("bintou", &["administrator"]))),
        refusal(test.node.change_user(&analyst, "awa", app::UserChange::default())),
        refusal(test.node.set_password(&analyst, "admin", "taken over")),
    ];
    for said in denied {
        assert_eq!(said, (Kind::DeniedOrAbsent, vec!["administrators-only"]));
    }
    assert!(!folder.exists());
    assert_eq!(test.node.users(&test.admin).expect("users").len(), 2);
}

#[test]
fn a_register_there_is_not_is_named_with_the_nearest_there_is() {
    let test = TestNode::minusek();
    let error = test.node.ask(&test.admin, &all("incidents")).expect_err("refused");
    let finding: Json = json!(error.findings[0].to_string());
    assert!(finding.as_str().expect("text").contains("incident"), "{finding}");
    let error =
        test.node.ask(&test.admin, &filtered("incident", "deaths > 3")).expect_err("refused");
    assert_eq!(error.findings[0].code, "filter-unknown-field");
    let large = Question { limit: 10_001, ..all("incident") };
    assert_eq!(
        refusal(test.node.ask(&test.admin, &large)),
        (Kind::Invalid, vec!["page-too-large"])
    );
}
