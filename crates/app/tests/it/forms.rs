//! Somebody's own form: read, written for phones, made a register, used, changed, refused.

use std::path::{Path, PathBuf};

use app::{Kind, Node, PhoneOutcome, PhoneSent, TakenForm};
use model::finding::Finding;

use crate::support::{TestNode, all, environment, packs, refusal, texts, user};

const SURVEY: &str = "type,name,label::English (en),label::French (fr),relevant\n\
    datetime,When,When,Quand,\ntext,Village,Village,Village,\nselect_one mood,mood,Mood,Humeur,\n\
    geopoint,place,Place,Lieu,\ninteger,heads,People met,Personnes vues,${mood} = 'calm'\n";
const CHOICES: &str = "list_name,name,label::English (en),label::French (fr)\n\
    mood,calm,Calm,Calme\nmood,tense,Tense,Tendue\n";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/forms")
}

/// A form as a folder of sheets.
fn form(test: &TestNode, survey: &str, choices: &str) -> PathBuf {
    let folder = test.folder.path().join("visit");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("survey.csv"), survey).expect("a survey");
    std::fs::write(folder.join("choices.csv"), choices).expect("choices");
    folder
}

fn take(test: TestNode, path: &Path) -> (TestNode, TakenForm) {
    let TestNode { folder, node, admin } = test;
    let read = app::read_form(path).unwrap_or_else(|error| panic!("{error}"));
    let (node, taken) =
        node.import_register(&admin, &read, None).unwrap_or_else(|error| panic!("{error}"));
    let admin = node.viewer(None).expect("one administrator");
    (TestNode { folder, node, admin }, taken)
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

/// Written by `UPDATE=1`, compared otherwise. That these are what pyxform
/// writes, `bench/peers/xforms.py` sees.
#[test]
fn workbooks_become_the_same_xforms_as_ever() {
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures()).expect("fixtures") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "xlsx") {
            continue;
        }
        let written = app::read_form(&path).and_then(|form| form.xform());
        if path.file_stem().is_some_and(|stem| stem == "duplicate_columns") {
            assert_eq!(refusal(written), (Kind::Invalid, vec!["sheet-header-twice"]));
            continue;
        }
        let (emitted, _findings) = written.unwrap_or_else(|error| panic!("{error}"));
        let golden = path.with_extension("xml");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &emitted.xml).expect("a golden file is written");
        }
        let expected = std::fs::read_to_string(&golden).expect("a golden file");
        assert_eq!(emitted.xml, expected, "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn every_register_of_the_packs_can_be_written_for_phones() {
    for pack in ["minusma", "minusek"] {
        let pack = app::load_pack(&packs().join(pack)).unwrap_or_else(|error| panic!("{error}"));
        for register in pack.registers.values() {
            let written = |language| {
                let day = "2020-01-01".parse().expect("a day");
                let written = app::xform(&pack, register, language, day);
                written.unwrap_or_else(|error| panic!("{}: {error}", register.name))
            };
            let ((english, not_asked), (french, _)) = (written("en"), written("fr"));
            assert_eq!(codes(&not_asked), Vec::<&str>::new(), "{}", register.name);
            assert_eq!(english.id, register.name.as_str());
            assert_eq!(english.version, french.version);
            assert!(!english.xml.contains("${") && !english.xml.contains("casque:"));
            for name in register.form.names() {
                let node = [format!("<{name}>"), format!("<{name}/>"), format!("<{name} ")];
                assert!(node.iter().any(|node| english.xml.contains(node)), "{name} has no node");
            }
            if let Some(flow) = &register.workflow {
                assert!(english.xml.contains(&format!("<{0}>{1}</{0}>", flow.field, flow.start)));
                assert!(!english.xml.contains(&format!("<select1 ref=\"/data/{}\"", flow.field)));
            }
        }
    }
}

#[test]
fn a_sealed_field_is_asked_of_those_who_may_file_and_is_not_there_for_others() {
    let mut test = TestNode::minusma();
    let officer = test.add(user("omar", &["joc-watch-officer"]));
    let reader = test.add(user("paula", &["observer"]));
    let form = |viewer| test.node.register_xform(viewer, "incident", "en").expect("a form").0.xml;
    let asked = form(&officer);
    assert!(asked.contains("<input ref=\"/data/source_identity\""));
    assert_eq!(asked, test.node.phone_form(&officer, "incident", "en").expect("a form").xml);
    assert!(!form(&reader).contains("source_identity"));
    assert!(test.node.phone_form(&reader, "incident", "en").is_err());
}

#[test]
fn a_phone_gets_the_same_form_all_day_and_the_new_one_with_another_pack() {
    let test = TestNode::minusma();
    let path = form(&test, SURVEY, CHOICES);
    let (test, _) = take(test, &path);
    let first = test.node.phone_form(&test.admin, "visit", "en").expect("a form");
    let again = test.node.another(environment(4)).expect("a connection");
    let again = again.phone_form(&test.admin, "visit", "en").expect("a form");
    assert!(std::sync::Arc::ptr_eq(&first, &again), "it is made once for all connections");
    let french = test.node.phone_form(&test.admin, "visit", "fr").expect("a form");
    assert_eq!(first.version, french.version);
    assert_ne!(first.hash, french.hash);
    let path = form(&test, &SURVEY.replace("People met", "Heads"), CHOICES);
    let (test, _) = take(test, &path);
    let second = test.node.phone_form(&test.admin, "visit", "en").expect("a form");
    assert_ne!(first.version, second.version);
    assert!(second.xml.contains("<value>Heads</value>"));
}

#[test]
fn a_form_is_a_register_at_once_and_stays_one_when_the_pack_is_replaced() {
    let test = TestNode::minusma();
    let path = form(&test, SURVEY, CHOICES);
    let (mut test, taken) = take(test, &path);
    assert_eq!(taken.register.as_str(), "visit");
    assert!(taken.decided.contains(&("time_field", "when".to_owned())));
    assert_eq!(codes(&taken.findings), ["form-name-changed", "form-name-changed"]);
    let answers = [("when", "2026-11-21T10:00Z"), ("village", "Ménaka"), ("mood", "calm")];
    let id = test.node.create_record(&test.admin, "visit", &texts(&answers), None);
    let id = id.unwrap_or_else(|error| panic!("{error}")).outcome.to_string();
    let xml = test.node.register_xform(&test.admin, "visit", "fr").expect("a form").0.xml;
    assert!(xml.contains("<value>Humeur</value>") && xml.contains(" /data/mood  = 'calm'"));

    let data = test.folder.path().join("node");
    let node = Node::open(&data, environment(2)).expect("it opens again");
    let (node, _) =
        node.use_pack(&test.admin, &packs().join("minusma")).expect("the same pack again");
    let shown = node.show(&test.admin, "visit", &id).expect("the record is there").0;
    assert_eq!(shown["values"]["village"], "Ménaka");
    assert!(node.pack().mandates.iter().all(|mandate| !mandate.citation().contains("forms")));
}

#[test]
fn a_new_version_keeps_what_was_answered_readable_and_offers_it_no_more() {
    let test = TestNode::minusma();
    let path = form(&test, SURVEY, CHOICES);
    let (mut test, _) = take(test, &path);
    let answers = [("when", "2026-11-21T10:00Z"), ("village", "Ménaka"), ("mood", "tense")];
    let id = test.node.create_record(&test.admin, "visit", &texts(&answers), None);
    let id = id.unwrap_or_else(|error| panic!("{error}")).outcome.to_string();
    let first = test.node.register_xform(&test.admin, "visit", "en").expect("a form").0;

    let survey = SURVEY.replace("text,Village,Village,Village,\n", "text,chief,Chief,Chef,\n");
    let path = form(&test, &survey, &CHOICES.replace("mood,tense,Tense,Tendue\n", ""));
    let (mut test, taken) = take(test, &path);
    assert!(taken.is_new_version);
    let expected = ["form-name-changed", "form-field-retired", "form-code-retired"];
    assert_eq!(codes(&taken.findings), expected);
    let shown = test.show("visit", &id);
    assert_eq!(
        (&shown["values"]["village"], &shown["values"]["mood"]),
        (&"Ménaka".into(), &"tense".into())
    );
    let second = test.node.register_xform(&test.admin, "visit", "en").expect("a form").0;
    assert_ne!(first.version, second.version);
    assert!(first.xml.contains("<name>tense</name>") && !second.xml.contains("<name>tense</name>"));
    assert!(second.xml.contains("nodeset=\"/data/village\" type=\"string\" relevant=\"false()\""));
    let late = test.node.create_record(&test.admin, "visit", &texts(&answers), None);
    let late = late.unwrap_or_else(|error| panic!("a draft of the first version: {error}"));
    assert_eq!(test.show("visit", &late.outcome.to_string())["values"]["village"], "Ménaka");
    let sent = format!(
        "<data id=\"visit\" version=\"{}\"><when>2026-11-21T11:00:00.000Z</when>\
         <village>Kidal</village><mood>tense</mood><meta><instanceID>uuid:1</instanceID></meta></data>",
        first.version.expect("a version")
    );
    let sent = PhoneSent { xml: sent.as_bytes(), ..PhoneSent::default() };
    let sent = test.node.phone_submit(&test.admin, &sent, &|finding| finding.code.into());
    let PhoneOutcome::Made(record) = sent.expect("sent from a phone").outcome else {
        panic!("answers to the first version make a record");
    };
    let shown = test.show("visit", &record.to_string());
    assert_eq!(
        (&shown["values"]["village"], &shown["values"]["mood"]),
        (&"Kidal".into(), &"tense".into())
    );

    let retyped = SURVEY.replace("integer,heads", "text,heads");
    let read = app::read_form(&form(&test, &retyped, CHOICES)).expect("read");
    let TestNode { folder: _folder, node, admin } = test;
    let refused = node.import_register(&admin, &read, None).map(|_taken| ());
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["form-field-retyped"]));
}

#[test]
fn a_form_without_its_calculation_is_still_written_and_says_what_records_lack() {
    let test = TestNode::minusma();
    let survey =
        "type,name,label,calculation\ntext,village,Village,\ncalculate,twice,,${village}\n";
    let path = form(&test, survey, "list_name,name,label\n");
    let (mut test, _) = take(test, &path);
    let answers = texts(&[("village", "Ménaka")]);
    let id = test.node.create_record(&test.admin, "visit", &answers, None);
    id.unwrap_or_else(|error| panic!("{error}"));
    let survey = "type,name,label,required\ntext,village,Village,\ntext,chief,Chief,yes\n";
    let path = form(&test, survey, "list_name,name,label\n");
    let (test, taken) = take(test, &path);
    assert_eq!(codes(&taken.findings), ["form-field-retired", "pack-field-demanded"]);
    let xml = test.node.register_xform(&test.admin, "visit", "en").expect("a form").0.xml;
    assert!(xml.contains("nodeset=\"/data/twice\" type=\"string\" relevant=\"false()\""), "{xml}");
}

#[test]
fn what_is_refused_changes_nothing_and_is_kept() {
    let mut test = TestNode::minusma();
    let officer = test.add(user("awa", &["jmac-analyst"]));
    let data = test.folder.path().join("node");
    let open = || Node::open(&data, environment(3)).expect("it opens");
    let good = form(&test, SURVEY, CHOICES);
    let denied = open().import_form(&officer, &good, None);
    assert_eq!(denied.expect_err("not an administrator").kind, Kind::DeniedOrAbsent);
    let taken = open().import_form(&test.admin, &good, Some("incident"));
    assert_eq!(refusal(taken), (Kind::Conflict, vec!["register-name-taken"]));

    let bad = fixtures().join("duplicate_columns.xlsx");
    let refused = open().import_form(&test.admin, &bad, None);
    let expected = vec!["sheet-header-twice", "form-refused-kept"];
    assert_eq!(refusal(refused), (Kind::Invalid, expected));
    let kept = || std::fs::read_dir(data.join("refused")).expect("the folder of refused things");
    assert_eq!(kept().count(), 2, "the form and what is wrong with it");

    let large = test.folder.path().join("large.xlsx");
    let file = std::fs::File::create(&large).expect("a file");
    file.set_len(model::limits::FORM_BYTES_MAX + 1).expect("it grows");
    let refused = open().import_form(&test.admin, &large, None);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["file-too-large"]));
    assert_eq!(kept().count(), 2, "what is larger than any form is no form to keep");
    assert!(open().ask(&test.admin, &all("visit")).is_err());
}

#[test]
fn a_form_taken_in_beside_another_takes_nothing_from_it() {
    let test = TestNode::minusma();
    let data = test.folder.path().join("node");
    let open = || Node::open(&data, environment(3)).expect("it opens");
    let late = open();
    let path = form(&test, SURVEY, CHOICES);
    let take = |node: Node, name| node.import_form(&test.admin, &path, Some(name));
    take(open(), "visit").expect("taken");
    let refused = take(late, "call");
    assert_eq!(refusal(refused), (Kind::Unavailable, vec!["store-busy"]));
    take(open(), "call").expect("taken");
    for name in ["visit", "call"] {
        assert!(open().ask(&test.admin, &all(name)).is_ok(), "{name}");
    }
}
