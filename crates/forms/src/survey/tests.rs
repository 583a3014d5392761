//! Reading surveys: what is understood, and what is said about the rest.

use model::value::FieldType;

use super::*;

fn sheet<'a>(file: &'a str, text: &'a str) -> Sheet<'a> {
    Sheet { file, bytes: text.as_bytes() }
}

fn said(text: &str) -> Vec<String> {
    let reading = read(&[sheet("survey.csv", text)], None, "en");
    reading.findings.iter().map(Finding::to_string).collect()
}

#[test]
fn a_survey_becomes_fields_in_order_with_their_groups() {
    let reading = read(
        &[sheet(
            "survey.csv",
            "type,name,label::English (en),label::French (fr),hint,required,constraint,appearance,default\n\
             begin_group,what,What,Quoi,,,,,\n\
             select_one kind,type,Type,Type,pick one,yes,,minimal,\n\
             note,heading,Read this,Lisez,,,,,\n\
             end_group,,,,,,,,\n\
             integer,deaths_best,Deaths,Morts,,no,. >= ${type},,0\n",
        )],
        None,
        "en",
    );
    assert_eq!(reading.findings, Vec::new());
    let form = reading.form;
    assert_eq!(form.names().collect::<Vec<_>>(), ["type", "deaths_best"]);
    let kind = form.field("type").expect("read");
    assert_eq!((kind.kind, kind.required, kind.row), (FieldType::Code, true, 3));
    assert_eq!(kind.list.as_ref().map(Name::as_str), Some("kind"));
    assert_eq!(kind.group.as_deref(), Some("what"));
    assert_eq!(kind.labels.get("fr"), Some("Type"));
    assert_eq!(kind.hints.get("en"), Some("pick one"));
    assert_eq!(kind.appearance.as_deref(), Some("minimal"));
    let deaths = form.field("deaths_best").expect("read");
    assert_eq!((deaths.required, deaths.group.as_deref()), (false, None));
    assert_eq!(deaths.other["default"], "0");
    assert_eq!(form.groups().len(), 1);
    assert_eq!(form.field("heading"), None);
}

#[test]
fn field_groups_follow_and_share_one_space_of_names() {
    let own = sheet("survey.csv", "type,name\ntext,summary\n");
    let group = sheet("place.csv", "type,name\ngeopoint,place\ntext,summary\n");
    let reading = read(&[own, group], None, "en");
    assert_eq!(reading.form.names().collect::<Vec<_>>(), ["summary", "place"]);
    assert_eq!(&*reading.form.field("place").expect("read").file, "place.csv");
    assert_eq!(
        reading.findings.iter().map(Finding::to_string).collect::<Vec<_>>(),
        ["form-name-twice place.csv:3 [name] name=summary first=survey.csv:2"]
    );
}

#[test]
fn every_fault_of_a_sheet_is_said_with_its_row_and_column() {
    assert_eq!(
        said(
            "type,name,labl,label::French,required\n\
             txt,a,,,\n\
             text,A b,,,\n\
             text,b,,,${a} > 1\n\
             select_one,c,,,\n\
             end_group,,,,\n\
             begin_group,g,,,\n"
        ),
        [
            "form-column-unknown survey.csv:1 [labl] column=labl nearest=label",
            "form-column-unknown survey.csv:1 [label::French] column=label::French nearest=label::en",
            "form-type-unknown survey.csv:2 [type] type=txt nearest=text",
            "name-invalid survey.csv:3 [name] value=A b",
            "form-required-unclear survey.csv:4 [required] value=${a} > 1",
            "form-type-argument survey.csv:5 [type] type=select_one argument=",
            "form-group-not-open survey.csv:6 [type]",
            "form-group-open survey.csv:7 [type] group=g",
        ]
    );
}

#[test]
fn a_sheet_without_types_or_names_is_refused_once() {
    assert_eq!(
        said("label\nx\n"),
        [
            "sheet-column-missing survey.csv:1 [type] column=type",
            "sheet-column-missing survey.csv:1 [name] column=name",
        ]
    );
}

#[test]
fn expressions_may_only_refer_to_fields_there_are() {
    assert_eq!(
        said(
            "type,name,relevant,choice_filter\n\
             integer,deaths_best,,\n\
             text,why,${deaths_bst} > 0 and ${ deaths_best } < 9,\n\
             select_one l,where,,up = ${whi}\n"
        ),
        [
            "form-reference-unknown survey.csv:3 [relevant] name=deaths_bst nearest=deaths_best",
            "form-reference-unknown survey.csv:4 [choice_filter] name=whi nearest=why",
        ]
    );
}

#[test]
fn a_repeat_becomes_one_field_with_columns_of_its_own() {
    let text = "type,name,label,relevant,repeat_count\n\
                text,name,Name,,\n\
                integer,count,How many,,\n\
                begin_group,people,People,,\n\
                begin repeat,victims,Victims,${count} > 0,${count}\n\
                text,name,Name,,\n\
                begin_group,body,Body,,\n\
                integer,age,Age,,\n\
                end_group,,,,\n\
                begin_repeat,injuries,Injuries,${age} > 3,\n\
                select_one part,part,Part,,\n\
                end_repeat,,,,\n\
                end repeat,,,,\n\
                end_group,,,,\n\
                date,day,Day,,\n";
    let reading = read(&[sheet("survey.csv", text)], None, "en");
    assert_eq!(reading.findings, Vec::new());
    let form = reading.form;
    assert_eq!(form.names().collect::<Vec<_>>(), ["name", "count", "victims", "day"]);
    let victims = form.field("victims").expect("read");
    assert_eq!((victims.kind, victims.question.as_str()), (FieldType::Rows, "begin_repeat"));
    assert_eq!((victims.group.as_deref(), victims.row), (Some("people"), 5));
    assert_eq!(victims.labels.get("en"), Some("Victims"));
    assert_eq!(victims.relevant.as_deref(), Some("${count} > 0"));
    assert_eq!(victims.other["repeat_count"], "${count}");
    assert_eq!(form.groups().len(), 1);
    assert_eq!(victims.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(), ["body"]);
    let age = victims.column("age").expect("read");
    assert_eq!((age.kind, age.group.as_deref()), (FieldType::Integer, Some("body")));
    let part = victims.column("injuries").expect("read").column("part").expect("read");
    assert_eq!((part.kind, part.group.as_deref()), (FieldType::Code, None));
    let every: Vec<&str> = form.every_field().map(|field| field.name.as_str()).collect();
    assert_eq!(every, ["name", "count", "victims", "name", "age", "injuries", "part", "day"]);
}

#[test]
fn repeats_that_do_not_begin_or_end_are_said() {
    assert_eq!(
        said(
            "type,name\nend_repeat,\nbegin_repeat,a\nbegin_group,g\ntext,t\ntext,t\nend_repeat,\nbegin_repeat,b\n"
        ),
        [
            "form-repeat-not-open survey.csv:2 [type]",
            "form-name-twice survey.csv:6 [name] name=t first=survey.csv:5",
            "form-group-open survey.csv:4 [type] group=g",
            "form-repeat-open survey.csv:8 [type] repeat=b",
        ]
    );
    let nested = "begin_repeat,a\nbegin_repeat,b\nbegin_repeat,c\nbegin_repeat,d\ntext,t\n";
    let ends = "end_repeat,\n".repeat(4);
    assert_eq!(
        said(&format!("type,name\n{nested}{ends}")),
        ["form-repeat-too-deep survey.csv:5 [type] max=3"]
    );
}

#[test]
fn a_question_may_be_sealed_but_no_group_and_no_column_of_rows() {
    let text = "type,name,bind::casque:sealed\ntext,open,\ntext,source,HR\n";
    let form = read(&[sheet("survey.csv", text)], None, "en").form;
    assert_eq!(form.field("open").expect("read").sealed, None);
    assert_eq!(form.field("source").expect("read").sealed.as_deref(), Some("HR"));
    let text = "type,name,bind::casque:sealed\nbegin_group,g,HR\nend_group,,\nbegin_repeat,r,HR\ntext,t,HR\nend_repeat,,\n";
    assert_eq!(
        said(text),
        [
            "form-sealed-not-here survey.csv:2 [bind::casque:sealed] value=HR",
            "form-sealed-not-here survey.csv:5 [bind::casque:sealed] value=HR",
        ]
    );
}
