//! Registers' forms as clients get them: one way of writing languages, what is not asked, what is not
//! there, and when a version changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::id::Name;

use super::*;
use crate::list::Code;
use crate::survey;
use crate::xform::{self, Emitted};

const OWN: &str = "type,name,label::English (en),label::French (fr),relevant,required,bind::casque:sealed\n\
    text,summary,Summary,Résumé,,,\nselect_one kind,kind,Kind,Type,${hush} = '',,\n\
    record site,site,Site,Site,${kind} = 'raid',yes,\ntext,secret,Secret,Secret,,,med-only\ntext,hush,Hush,Chut,,,med-only\n\
    begin_repeat,seen,Seen,Vus,,,hr\ntext,who,Who,Qui,,,\nend_repeat,,,,,,\n\
    begin_repeat,told,Told,Dits,,,\ntext,secret,By,Par,,,\nend_repeat,,,,,,\n\
    select_one old,old,Old,Ancien,,yes,\nselect_one state,status,State,État,,yes,\n\
    text,why,Why,Pourquoi,${status} != 'open' or ${old} = 'x',,\n";
const GROUP: &str = "type,name,label::en,label::fr\ngeopoint,place,Place,Lieu\n";

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn code(code: &str, to: Option<&str>) -> Code {
    Code {
        code: code.to_owned(),
        labels: [("en", code)].into_iter().collect(),
        valid_to: to.map(day),
        ..Code::default()
    }
}

fn lists(kinds: Vec<Code>) -> Lists {
    let ended = vec![code("x", Some("2001-01-01"))];
    let states = vec![code("open", None), code("done", None)];
    let all = [("kind", kinds), ("old", ended), ("state", states)];
    let list = |(name, codes)| {
        let name = Name::new(name).expect("a name");
        (name.clone(), Arc::new(CodeList::new(name, codes)))
    };
    all.map(list).into_iter().collect()
}

fn own(lists: &Lists, closed: &[&str], language: &str) -> OwnForm {
    let sheets = [("survey.csv", OWN), ("place.csv", GROUP)];
    let sheets = sheets.map(|(file, text)| Sheet { file, bytes: text.as_bytes() });
    let closed: BTreeSet<Name> = closed.iter().map(|name| Name::new(name).expect("one")).collect();
    let form = survey::read(&sheets, None, language).form.without(&closed);
    let state = Some(("status", "open"));
    let day = day("2020-01-01");
    OwnForm::of(&sheets, &Asking { form: &form, lists, language, state, day })
}

fn kinds() -> Lists {
    lists(vec![code("raid", None), code("gone", Some("2018-06-30"))])
}

fn emitted(closed: &[&str]) -> (Emitted, Vec<Finding>) {
    let own = own(&kinds(), closed, "en");
    let findings = own.findings.clone();
    let book = own.workbook(&About {
        id: "incident",
        title: "Incident",
        version: "7",
        language: "fr",
        title_field: Some("summary"),
    });
    (xform::emit(&book, "x").expect("a form of a pack"), findings)
}

/// What phones get of a sheet on its own.
fn visit(text: &str, lists: &Lists) -> Emitted {
    let sheets = [Sheet { file: "survey.csv", bytes: text.as_bytes() }];
    let form = survey::read(&sheets, None, "en").form;
    let (language, state, day) = ("en", None, day("2020-01-01"));
    let own = OwnForm::of(&sheets, &Asking { form: &form, lists, language, state, day });
    let (id, title, version) = ("visit", "Visit", "1");
    let book = own.workbook(&About { id, title, version, language, title_field: None });
    xform::emit(&book, "x").expect("a form")
}

#[test]
fn a_registers_form_has_all_its_sheets_in_one_way_of_writing_languages() {
    let xml = emitted(&[]).0.xml;
    for expected in [
        "<translation lang=\"French (fr)\" default=\"true()\">",
        "<translation lang=\"English (en)\">",
        "<value>Lieu</value>",
        "<data id=\"incident\" version=\"7\">",
        "calculate=\" /data/summary \"",
    ] {
        assert!(xml.contains(expected), "{expected}\n{xml}");
    }
    assert_eq!(xml.matches("<translation").count(), 2);
}

#[test]
fn retired_codes_are_not_offered_and_what_only_a_node_knows_stays_there() {
    let xml = emitted(&[]).0.xml;
    assert!(xml.contains("<name>raid</name>") && !xml.contains("gone"));
    assert!(!xml.contains("casque") && !xml.contains("med-only"));
}

#[test]
fn states_records_and_lists_without_codes_are_there_for_expressions_and_asked_of_nobody() {
    let (emitted, findings) = emitted(&[]);
    let xml = emitted.xml;
    for silent in ["site", "status", "old"] {
        assert!(!xml.contains(&format!(" ref=\"/data/{silent}\"")), "{silent}\n{xml}");
        let bind = format!("<bind nodeset=\"/data/{silent}\" type=\"string\"/>");
        assert!(xml.contains(&bind), "{bind}\n{xml}");
    }
    assert!(xml.contains("<status>open</status>") && xml.contains("<site/>"));
    assert!(xml.contains("relevant=\" /data/status  != 'open' or  /data/old  = 'x'\""));
    assert!(!xml.contains("<instance id=\"state\">"), "{xml}");
    let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["form-list-closed survey.csv:13 [type] name=old list=old day=2020-01-01"]);
}

#[test]
fn what_does_not_exist_for_somebody_is_nowhere_in_their_form() {
    let xml = emitted(&["hush", "secret", "seen"]).0.xml;
    assert!(
        !xml.contains("Secret")
            && !xml.contains("ush")
            && !xml.contains("/data/secret")
            && !xml.contains("<seen")
    );
    assert!(!xml.contains("who"), "the columns go with their rows\n{xml}");
    assert!(xml.contains("relevant=\"'' = ''\""), "{xml}");
    assert!(xml.contains("/data/told/secret"), "the same name in other rows stays");
    assert!(emitted(&[]).0.xml.contains("<input ref=\"/data/secret\">"));
}

#[test]
fn a_version_changes_with_what_is_asked_and_not_with_the_language_it_begins_in() {
    let version = |lists: &Lists, closed: &[&str]| own(lists, closed, "en").fingerprint();
    let now = version(&kinds(), &[]);
    assert_eq!(now, own(&kinds(), &[], "fr").fingerprint());
    assert_eq!(now, version(&lists(vec![code("raid", None)]), &[]), "retired codes are not seen");
    assert_ne!(now, version(&lists(vec![code("raid", None), code("siege", None)]), &[]));
    assert_ne!(now, version(&kinds(), &["secret"]));
    let mut scheme = code("raid", None);
    scheme.crosswalks.insert("acled".to_owned(), vec!["Raid".to_owned()]);
    assert_ne!(now, version(&lists(vec![scheme]), &[]), "a choice filter may ask for the scheme");
}

#[test]
fn a_list_that_expressions_look_into_is_a_file_with_what_the_check_of_answers_finds() {
    let mut raid = code("raid", None);
    raid.parent = Some("a \"b\"".to_owned());
    raid.crosswalks.insert("acled".to_owned(), vec!["X".to_owned(), "Y".to_owned()]);
    let list = CodeList::new(
        Name::new("kind").expect("a name"),
        vec![raid, code("siege", None), code("gone", Some("2001-01-01"))],
    );
    let expected = "\"acled\",\"label\",\"name\",\"parent\"\r\n\
        \"X;Y\",\"raid\",\"raid\",\"a \"\"b\"\"\"\r\n\"\",\"siege\",\"siege\",\"\"\r\n";
    assert_eq!(list_file(&list, day("2020-01-01")), expected);
}

#[test]
fn a_list_that_is_only_looked_into_is_named_as_a_file_and_stands_in_no_form() {
    let text = "type,name,label,calculation\ntext,town,Town,\n\
        calculate,said,,\"pulldata('kind', 'label', 'name', ${town})\"\n";
    let emitted = visit(text, &kinds());
    assert_eq!(emitted.files, ["kind.csv"]);
    assert!(!emitted.xml.contains("raid"), "{}", emitted.xml);
}

#[test]
fn what_is_computed_is_shown_on_phones_and_not_asked() {
    let text = "type,name,label,calculation\ninteger,one,One,\ninteger,two,Two,${one} * 2\n\
        calculate,three,,${two} + 1\n";
    let xml = visit(text, &Lists::default()).xml;
    assert!(xml.contains("<bind nodeset=\"/data/one\" type=\"int\"/>"), "{xml}");
    let computed = xml.lines().find(|line| line.contains("<bind nodeset=\"/data/two\""));
    assert!(computed.is_some_and(|bind| bind.contains("readonly=\"true()\"")), "{xml}");
}

#[test]
fn groups_in_which_nobody_is_asked_anything_are_left_out_and_what_they_hold_is_not() {
    let text = "type,name,label,relevant\nbegin_group,links,Links,\nbegin_group,inner,Inner,\n\
        record site,site,Site,\nend_group,,,\nbegin_repeat,others,Others,\nrecord site,other,Other,\n\
        end_repeat,,,\nend_group,,,\nbegin_group,said,Said,\ntext,why,Why,${site} != '' or ${other} = ''\n\
        record site,more,More,\nend_group,,,\n";
    let xml = visit(text, &Lists::default()).xml;
    assert!(!xml.contains("links") && !xml.contains("inner") && !xml.contains("other"), "{xml}");
    assert!(xml.contains("<bind nodeset=\"/data/site\"") && xml.contains("<more/>"), "{xml}");
    assert!(xml.contains("relevant=\" /data/site  != '' or '' = ''\""), "{xml}");
    assert_eq!(xml.matches("<group").count(), 1);
}
