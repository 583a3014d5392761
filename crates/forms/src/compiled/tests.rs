//! Forms whose answers are checked: order, relevance, constraints, choices, rows, limits.

use std::fmt::Write;

use model::rows::Row;
use model::value::Value;

use super::testing::{compiled, context, form};
use super::*;

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn code(text: &str) -> Value {
    Value::Code(text.to_owned())
}

fn answers<const N: usize>(given: [(&str, Value); N]) -> Answers {
    given.into_iter().map(|(field, value)| (name(field), Some(value))).collect()
}

fn said(checked: &Checked) -> Vec<String> {
    checked.findings.iter().map(Finding::to_string).collect()
}

fn wrong(survey: &str, choices: &str) -> Vec<String> {
    let (form, lists) = form(survey, choices);
    let findings = Compiled::new(&form, &lists).expect_err("mistakes");
    findings.iter().map(Finding::to_string).collect()
}

#[test]
fn calculations_follow_their_dependencies_and_not_the_sheet() {
    let form = compiled(
        "type,name,calculation\ncalculate,c,${b} * 2\ncalculate,b,${a} + 1\ninteger,a,\n",
        "",
    );
    let checked = form.check(&answers([("a", Value::Integer(4)), ("b", text("old"))]), &context());
    assert_eq!(checked.changes, answers([("b", text("5")), ("c", text("10"))]));
    assert_eq!(said(&checked), Vec::<String>::new());
    let again = form.check(&checked.values(&answers([("a", Value::Integer(4))])), &context());
    assert_eq!(again.changes, Answers::new());
}

#[test]
fn cycles_are_named_whole() {
    let survey = "type,name,calculation,relevant\ncalculate,a,${b} + 1,\ncalculate,b,,${c} > 1\n\
                  calculate,c,../a,\ncalculate,d,${d} + 1,\n";
    assert_eq!(
        wrong(survey, ""),
        [
            "form-cycle survey.csv:2 [calculation] cycle=a → b → c → a",
            "form-cycle survey.csv:5 [calculation] cycle=d → d",
        ]
    );
}

#[test]
fn a_group_whose_question_decides_about_it_is_a_cycle() {
    let survey = "type,name,relevant\nbegin_group,g,${a} = 1\ninteger,a,\nend_group,,\n";
    assert_eq!(wrong(survey, ""), ["form-cycle survey.csv:2 [relevant] cycle=g → a → g"]);
}

#[test]
fn a_question_that_reads_itself_where_it_stands_is_no_cycle() {
    let form = compiled("type,name,calculation\ntext,a,\"if(. = '', 'new', .)\"\n", "");
    assert_eq!(form.check(&Answers::new(), &context()).changes, answers([("a", text("new"))]));
    assert_eq!(form.check(&answers([("a", text("x"))]), &context()).changes, Answers::new());
}

#[test]
fn mistakes_in_expressions_are_all_found_with_their_place() {
    let survey = "type,name,relevant,constraint,calculation\ntext,a,slected(. b),,\n\
                  text,b,,\"foo(1) and if(1, 2)\",\ntext,c,,,\"instance('nolist')/root/item\"\n";
    let found = wrong(survey, "");
    assert_eq!(
        found,
        [
            "expression-unexpected survey.csv:2 [relevant] at=11 expression=slected(. b)",
            "expression-function-unknown survey.csv:3 [constraint] name=foo at=1 nearest=abs, acos, \
             area, asin, atan, atan2, boolean, boolean-from-string, ceiling, checklist, coalesce, \
             concat, … expression=foo(1) and if(1, 2)",
            "expression-arguments survey.csv:3 [constraint] name=if at=12 found=2 expected=3 \
             expression=foo(1) and if(1, 2)",
            "expression-list-unknown survey.csv:4 [calculation] name=nolist nearest=– \
             expression=instance('nolist')/root/item",
        ]
    );
}

#[test]
fn what_is_not_asked_is_left_out_and_said() {
    let form = compiled(
        "type,name,relevant,required\ntext,kind,,\ntext,why,${kind} = 'other',yes\n\
         begin_group,g,${kind} = 'more',\ntext,detail,,yes\ncalculate,echo,,\nend_group,,,\n",
        "",
    );
    let given = answers([("kind", text("x")), ("why", text("because")), ("detail", text("d"))]);
    let checked = form.check(&given, &context());
    assert_eq!(said(&checked), ["answer-not-asked [why]", "answer-not-asked [detail]"]);
    assert!(!checked.is_refused());
    let left_out = Answers::from([(name("why"), None), (name("detail"), None)]);
    assert_eq!(checked.changes, left_out);
    let other = form.check(&answers([("kind", text("other"))]), &context());
    assert_eq!(said(&other), ["answer-required [why]"]);
    let more = form.check(&answers([("kind", text("more"))]), &context());
    assert_eq!(said(&more), ["answer-required [detail]"]);
}

#[test]
fn an_answer_that_is_left_out_decides_nothing_any_more() {
    let form = compiled("type,name,relevant\ntext,a,\ntext,b,${a} = '1'\ntext,c,${b} = '2'\n", "");
    let given = answers([("a", text("0")), ("b", text("2")), ("c", text("x"))]);
    let checked = form.check(&given, &context());
    assert_eq!(said(&checked), ["answer-not-asked [b]", "answer-not-asked [c]"]);
}

#[test]
fn constraints_speak_in_the_words_of_their_author() {
    let form = compiled(
        "type,name,constraint,constraint_message::en,constraint_message::fr,required,required_message\n\
         integer,low,,,,,\n\
         integer,high,. >= ${low},At least the low figure,Au moins la valeur basse,,\n\
         integer,age,. < 150,Too old,,,\ntext,id,\"regex(., '^[A-Z]+$')\",,,,\ntext,who,,,,yes,Say who\n",
        "",
    );
    let given = answers([
        ("low", Value::Integer(5)),
        ("high", Value::Integer(4)),
        ("age", Value::Integer(200)),
        ("id", text("x1")),
    ]);
    let checked = form.check(&given, &context());
    assert_eq!(
        said(&checked),
        [
            "answer-constraint-said [high] value=4 message=At least the low figure",
            "answer-constraint-said [age] value=200 message=Too old",
            "answer-constraint [id] value=x1 constraint=regex(., '^[A-Z]+$')",
            "answer-required-said [who] message=Say who",
        ]
    );
    let french = Context { language: "fr", ..context() };
    let said_french = said(&form.check(&given, &french));
    assert_eq!(
        said_french[0],
        "answer-constraint-said [high] value=4 message=Au moins la valeur basse"
    );
    assert!(checked.is_refused() && checked.changes.is_empty());
}

#[test]
fn an_empty_answer_breaks_no_constraint() {
    let form = compiled("type,name,constraint\ntext,a,string-length(.) > 3\n", "");
    assert_eq!(said(&form.check(&Answers::new(), &context())), Vec::<String>::new());
}

const CHOICES: &str = "list_name,name,label::en,region\nregion,n,North,\nregion,s,South,\n\
                       town,gao,Gao,n\ntown,kidal,Kidal,n\ntown,sikasso,Sikasso,s\n";

#[test]
fn choices_that_a_filter_does_not_leave_are_refused() {
    let form = compiled(
        "type,name,choice_filter\nselect_one region,where,\n\
         select_one town,town,region = ${where}\nselect_multiple town,towns,region = ${where}\n",
        CHOICES,
    );
    let towns = Value::Codes(["gao", "sikasso"].map(str::to_owned).into());
    let given = answers([("where", code("n")), ("town", code("sikasso")), ("towns", towns)]);
    assert_eq!(
        said(&form.check(&given, &context())),
        [
            "answer-choice-filtered [town] code=sikasso",
            "answer-choice-filtered [towns] code=sikasso"
        ]
    );
    let right = answers([("where", code("n")), ("town", code("gao"))]);
    assert_eq!(said(&form.check(&right, &context())), Vec::<String>::new());
}

#[test]
fn lists_are_looked_into() {
    let form = compiled(
        "type,name,calculation\nselect_one town,town,\n\
         calculate,label,\"jr:choice-name(${town}, '${town}')\"\n\
         calculate,region,instance('town')/root/item[name = ${town}]/region\n\
         calculate,pulled,\"pulldata('town', 'label', 'name', 'kidal')\"\n\
         calculate,north,count(instance('town')/root/item[region = 'n'])\n",
        CHOICES,
    );
    let checked = form.check(&answers([("town", code("sikasso"))]), &context());
    let expected = [("label", "Sikasso"), ("region", "s"), ("pulled", "Kidal"), ("north", "2")];
    assert_eq!(checked.changes, answers(expected.map(|(field, value)| (field, text(value)))));
}

const REPEATS: &str = "type,name,calculation,relevant,constraint,required,repeat_count\n\
    integer,people,,,,,\n\
    begin_repeat,person,,,,,${people}\n\
    text,sex,,,. = 'f' or . = 'm',yes,\n\
    integer,age,,,,,\n\
    text,school,,${age} < 18,,,\n\
    calculate,place,position(..),,,,\n\
    calculate,older,\"indexed-repeat(${age}, ${person}, position(..) - 1)\",,,,\n\
    end_repeat,,,,,,\n\
    calculate,women,count(${person}[sex = 'f']),,,,\n\
    calculate,ages,\"join(' ', ${age})\",,,,\n\
    calculate,oldest,max(${age}),,,,\n";

fn person(sex: &str, age: i64) -> Row {
    Row::from([(name("sex"), text(sex)), (name("age"), Value::Integer(age))])
}

#[test]
fn each_row_of_a_repeat_is_seen_from_within_and_all_from_outside() {
    let form = compiled(REPEATS, "");
    let mut second = person("m", 9);
    second.insert(name("school"), text("Gao"));
    let mut first = person("f", 40);
    first.insert(name("school"), text("left long ago"));
    let rows = Value::Rows(vec![first, second]);
    let given = answers([("people", Value::Integer(2)), ("person", rows)]);
    let checked = form.check(&given, &context());
    assert_eq!(said(&checked), ["answer-not-asked [person[1].school]"]);
    let Some(Some(Value::Rows(rows))) = checked.changes.get(&name("person")) else {
        panic!("the rows were computed")
    };
    let first = Row::from([(name("place"), text("1"))]).into_iter().chain(person("f", 40));
    assert_eq!(rows[0], first.collect::<Row>());
    let second = [("place", "2"), ("older", "40"), ("school", "Gao")];
    let second = second.map(|(column, value)| (name(column), text(value)));
    assert_eq!(rows[1], second.into_iter().chain(person("m", 9)).collect::<Row>());
    let outside = [("women", "1"), ("ages", "40 9"), ("oldest", "40")];
    for (field, value) in outside {
        assert_eq!(checked.changes[&name(field)], Some(text(value)), "{field}");
    }
    let again = form.check(&checked.values(&given), &context());
    assert_eq!((again.changes, again.findings), (Answers::new(), Vec::new()));
}

#[test]
fn rows_are_counted_demanded_and_checked_one_by_one() {
    let form = compiled(REPEATS, "");
    let mut nobody = person("m", 30);
    nobody.remove(&name("sex"));
    let rows = Value::Rows(vec![person("x", 1), nobody]);
    let given = answers([("people", Value::Integer(3)), ("person", rows)]);
    assert_eq!(
        said(&form.check(&given, &context())),
        [
            "answer-row-count [person] found=2 expected=3",
            "answer-constraint [person[1].sex] value=x constraint=. = 'f' or . = 'm'",
            "answer-required [person[2].sex]",
        ]
    );
}

#[test]
fn a_repeat_that_is_not_asked_is_left_out_whole() {
    let form = compiled(
        "type,name,relevant\ntext,any,\nbegin_repeat,r,${any} = 'yes'\ntext,a,\nend_repeat,,\n",
        "",
    );
    let rows = Value::Rows(vec![Row::from([(name("a"), text("1"))])]);
    let checked = form.check(&answers([("any", text("no")), ("r", rows)]), &context());
    assert_eq!(checked.changes, Answers::from([(name("r"), None)]));
    assert_eq!(said(&checked), ["answer-not-asked [r]"]);
}

#[test]
fn repeats_within_repeats_keep_to_their_own_rows() {
    let form = compiled(
        "type,name,calculation\nbegin_repeat,house,\ntext,street,\nbegin_repeat,room,\n\
         integer,beds,\ncalculate,where,\"concat(${street}, ' ', position(../..), '.', position(..))\"\n\
         end_repeat,,\ncalculate,total,sum(${beds})\nend_repeat,,\ncalculate,all,sum(${beds})\n",
        "",
    );
    let room = |beds: i64| Row::from([(name("beds"), Value::Integer(beds))]);
    let house = |street: &str, rooms: Vec<Row>| {
        Row::from([(name("street"), text(street)), (name("room"), Value::Rows(rooms))])
    };
    let houses = vec![house("A", vec![room(1), room(2)]), house("B", vec![room(4)])];
    let checked = form.check(&answers([("house", Value::Rows(houses))]), &context());
    assert_eq!(said(&checked), Vec::<String>::new());
    assert_eq!(checked.changes[&name("all")], Some(text("7")));
    let Some(Some(houses)) = checked.changes.get(&name("house")) else { panic!("houses") };
    assert_eq!(
        houses.to_string(),
        r#"[{"room":[{"beds":1,"where":"A 1.1"},{"beds":2,"where":"A 1.2"}],"street":"A","total":"3"},{"room":[{"beds":4,"where":"B 2.1"}],"street":"B","total":"4"}]"#
    );
}

#[test]
fn values_are_read_as_form_clients_send_them() {
    let form = compiled(
        "type,name,calculation\ndatetime,at,\ngeopoint,place,\nacknowledge,ok,\ndecimal,much,\n\
         select_multiple town,towns,\ncalculate,all,\"concat(${at}, '|', ${place}, '|', ${ok}, '|', ${much}, '|', ${towns})\"\n",
        CHOICES,
    );
    let place = crate::answer::parse_answer(&form.form.fields()[1], "16.27 -0.04");
    let given = answers([
        ("at", Value::Time("2018-03-01T12:00:00Z".parse().expect("a time"))),
        ("place", place.expect("a place").expect("a value")),
        ("ok", Value::Boolean(true)),
        ("much", Value::Decimal("2.50".parse().expect("a number"))),
        ("towns", Value::Codes(["kidal", "gao"].map(str::to_owned).into())),
    ]);
    let checked = form.check(&given, &context());
    let expected = "2018-03-01T13:00:00.000+01:00|16.27 -0.04 0 0|OK|2.5|gao kidal";
    assert_eq!(checked.changes, answers([("all", text(expected))]));
}

#[test]
fn what_differs_each_time_is_computed_once() {
    let form = compiled("type,name,calculation\ncalculate,id,uuid()\ncalculate,day,today()\n", "");
    let first = form.check(&Answers::new(), &context());
    assert_eq!(first.changes.len(), 2);
    let later = Context { seed: [1, 2], now: Timestamp::from_ms(0), ..context() };
    assert_eq!(form.check(&first.changes, &later).changes, Answers::new());
}

#[test]
fn a_result_of_another_type_is_refused() {
    let form = compiled("type,name,calculation\ninteger,n,'many'\ninteger,m,7 div 2\n", "");
    assert_eq!(
        said(&form.check(&Answers::new(), &context())),
        [
            "answer-computed [n] expected=integer value=many",
            "answer-computed [m] expected=integer value=3.5",
        ]
    );
}

/// Each calculation doubles the text of the one before it: 2^40 bytes in the end.
#[test]
fn a_form_that_grows_without_bound_is_stopped() {
    let mut survey = "type,name,calculation\ncalculate,c0,'xxxxxxxxxxxxxxxx'\n".to_owned();
    for place in 1..40 {
        let before = place - 1;
        writeln!(survey, "calculate,c{place},\"concat(${{c{before}}}, ${{c{before}}})\"")
            .expect("a text takes it");
    }
    let checked = compiled(&survey, "").check(&Answers::new(), &context());
    assert_eq!(said(&checked)[0], "expression-text [c15] max=262144 column=calculation");
}

/// Every row looks at every row.
#[test]
fn a_form_that_looks_too_often_is_stopped() {
    let survey = "type,name,calculation\nbegin_repeat,r,\ninteger,a,\n\
                  calculate,b,sum(/data/r[a > current()/../a]/a)\nend_repeat,,\n";
    let row = |number: i64| Row::from([(name("a"), Value::Integer(number))]);
    let rows = Value::Rows((0..1_000).map(row).collect());
    let checked = compiled(survey, "").check(&answers([("r", rows)]), &context());
    assert_eq!(checked.findings[0].code, "expression-nodes");
    assert!(checked.is_refused());
}

#[test]
fn a_form_that_computes_nothing_changes_nothing_and_demands_what_it_demands() {
    let form = compiled("type,name,required,constraint\ninteger,a,yes,. > 0\n", "");
    assert_eq!(said(&form.check(&Answers::new(), &context())), ["answer-required [a]"]);
    let zero = form.check(&answers([("a", Value::Integer(0))]), &context());
    assert_eq!(said(&zero), ["answer-constraint [a] value=0 constraint=. > 0"]);
}

#[test]
fn what_was_answered_to_a_question_that_is_asked_no_more_is_kept() {
    let form = compiled(
        "type,name,relevant,required\ntext,old,false(),yes\ntext,hidden,1 > 2,\ntext,new,,\n",
        "",
    );
    let given = answers([("old", text("said")), ("hidden", text("typed")), ("new", text("x"))]);
    let checked = form.check(&given, &context());
    let kept = checked.values(&given);
    assert_eq!((&kept[&name("old")], &kept[&name("hidden")]), (&Some(text("said")), &None));
    assert_eq!(said(&form.check(&answers([("new", text("x"))]), &context())), Vec::<String>::new());
}
