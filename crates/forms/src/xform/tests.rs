//! Tests of writing forms; the workbooks of pyxform are the second opinion (`docs/guide/own-forms.md`).

use super::*;
use crate::workbook::RawSheet;

/// Sheets as lines of cells, apart by `|`.
fn book(sheets: &[(&str, &str)]) -> Workbook {
    let raw: Vec<RawSheet> = sheets
        .iter()
        .map(|(name, text)| {
            let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            RawSheet { name: (*name).to_owned(), rows: (1..).zip(lines.map(cells)).collect() }
        })
        .collect();
    let mut findings = Vec::new();
    let book = Workbook::read(&raw, &mut findings);
    assert_eq!(findings, []);
    book
}

fn xml(sheets: &[(&str, &str)]) -> String {
    emit(&book(sheets), "f").unwrap_or_else(|findings| panic!("{findings:?}")).xml
}

fn refused(sheets: &[(&str, &str)]) -> Vec<String> {
    let refused = emit(&book(sheets), "f").expect_err("refused");
    refused.iter().map(Finding::to_string).collect()
}

#[test]
fn references_are_relative_within_a_repeat_and_absolute_outside() {
    let xml = xml(&[(
        "survey",
        "type|name|label|relevant
         text|a|A|
         begin repeat|r|R|
         integer|age|Age ${a}|${a} = 'x'
         begin group|g|G|
         text|why|Why|${age} > 3
         end group|||
         end repeat|||
         text|z|Z|${age} > 1",
    )]);
    for expected in [
        "nodeset=\"/data/r/age\" type=\"int\" relevant=\" /data/a  = 'x'\"",
        "nodeset=\"/data/r/g/why\" type=\"string\" relevant=\" ../../age  &gt; 3\"",
        "nodeset=\"/data/z\" type=\"string\" relevant=\" /data/r/age  &gt; 1\"",
        "<label>Age <output value=\" /data/a \"/></label>",
        "<r jr:template=\"\">",
    ] {
        assert!(xml.contains(expected), "{expected}\n{xml}");
    }
}

#[test]
fn languages_media_and_missing_texts_go_to_the_texts() {
    let xml = xml(&[
        (
            "survey",
            "type|name|label::en|label::fr|image|guidance_hint
             select_one c|a|Which|Lequel|a.png|
             text|b|Why||",
        ),
        ("choices", "list_name|name|label::en|label::fr\nc|x|X|Xf"),
        ("settings", "form_title|default_language|version\nT|en|7"),
    ]);
    for expected in [
        "<translation lang=\"en\" default=\"true()\">",
        "<value form=\"image\">jr://images/a.png</value>",
        "<text id=\"/data/b:label\">\n            <value>-</value>",
        "<label ref=\"jr:itext(itextId)\"/>",
        "<itextId>c-0</itextId>",
        "<data id=\"f\" version=\"7\">",
        "<h:title>T</h:title>",
    ] {
        assert!(xml.contains(expected), "{expected}\n{xml}");
    }
}

#[test]
fn choices_are_filtered_shuffled_and_taken_from_files() {
    let form = [
        (
            "survey",
            "type|name|label|choice_filter|parameters
             select_one c|a|A||randomize=true, seed=42
             select_multiple c|b|B|up = ${a}|
             select_one_from_file towns.csv|t|T||value=code
             select_one c or_other|o|O||",
        ),
        ("choices", "list_name|name|label|up\nc|x|X|1"),
    ];
    let emitted = emit(&book(&form), "f").expect("fits");
    for expected in [
        "nodeset=\"randomize(instance('c')/root/item, 42)\"",
        "nodeset=\"instance('c')/root/item[up =  /data/a ]\"",
        "<instance id=\"towns\" src=\"jr://file-csv/towns.csv\"/>",
        "<value ref=\"code\"/>",
        "relevant=\"selected(../o, 'other')\"",
    ] {
        assert!(emitted.xml.contains(expected), "{expected}\n{}", emitted.xml);
    }
    assert_eq!(emitted.files, ["towns.csv"]);
}

#[test]
fn computed_defaults_and_triggers_become_actions() {
    let xml = xml(&[(
        "survey",
        "type|name|label|default|trigger|calculation
         date|d|D|today()||
         date|e|E|2024-01-31||
         begin_repeat|r|R|||
         text|n|N|uuid()||
         end_repeat|||||
         dateTime|t|T||${d}|now()",
    )]);
    for expected in [
        "<setvalue ref=\"/data/d\" event=\"odk-instance-first-load\" value=\"today()\"/>",
        "<e>2024-01-31</e>",
        "<setvalue ref=\"/data/r/n\" event=\"odk-new-repeat\" value=\"uuid()\"/>",
        "<setvalue ref=\"/data/t\" event=\"xforms-value-changed\" value=\"now()\"/>",
        "<bind nodeset=\"/data/t\" type=\"dateTime\"/>",
    ] {
        assert!(xml.contains(expected), "{expected}\n{xml}");
    }
}

#[test]
fn everything_wrong_is_said_at_once_with_its_place() {
    assert_eq!(
        refused(&[
            (
                "survey",
                "type|name|label|relevant|parameters|body::x:y
                 interger|a|A|||
                 text|b..c d|B|||
                 text|b|B|${bb} = 1 and ${ b }||
                 text|b|B|||
                 select_one d|e|E||seed=1|
                 calculate|f||||
                 range|g|G||tick=1|
                 begin group|h|H|||",
            ),
            ("choices", "list_name|name|label\nc|x|X\nc|x|Y"),
        ]),
        [
            "list-code-twice choices:3 [name] code=x first=2",
            "form-type-unknown survey:2 [type] type=interger nearest=integer",
            "form-name-unfit survey:3 [name] value=b..c d",
            "form-name-twice survey:5 [name] name=b first=survey:4",
            "form-parameter-value survey:6 [parameters] name=seed value=1",
            "form-list-unknown survey:6 [type] list=d nearest=c",
            "form-calculation-missing survey:7 [calculation]",
            "form-parameter-unknown survey:8 [parameters] name=tick known=end, placeholder, start, step, tick_interval, tick_labelset",
            "form-group-open survey:9 [type] group=h",
            "form-reference-broken survey:4 [relevant] value= b ",
            "form-reference-unknown survey:4 [relevant] name=bb nearest=b",
        ]
    );
}

#[test]
fn what_only_the_whole_shows_is_said_too() {
    assert_eq!(
        refused(&[(
            "survey",
            "type|name|label|trigger|calculation|body::x:y
             integer|a||||
             text|b|B|${c}|1|z
             calculate|c|||1|",
        )]),
        [
            "form-label-missing survey:2 [label] name=a",
            "form-trigger-unseen survey:3 [trigger] name=c",
            "form-prefix-unknown survey [x:y] value=x:y",
        ]
    );
}

#[test]
fn groups_too_deep_are_refused_before_they_are_written() {
    let groups = (0..5_000).map(|level| format!("begin group|g{level}|G\n"));
    let survey: String = std::iter::once("type|name|label\n".to_owned()).chain(groups).collect();
    let said = refused(&[("survey", &survey)]);
    assert_eq!(said.first().map(String::as_str), Some("form-group-deep survey:66 [type] max=64"));
}

#[test]
fn a_hundred_thousand_choices_are_written_in_one_pass() {
    let codes = (0..100_000).map(|code| format!("c|{code}|L\n"));
    let choices: String =
        std::iter::once("list_name|name|label\n".to_owned()).chain(codes).collect();
    let xml = xml(&[("survey", "type|name|label\nselect_one c|a|A"), ("choices", &choices)]);
    assert_eq!(xml.matches("<item>").count(), 100_000);
}
