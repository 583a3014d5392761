//! What is read of rules of look-alikes, and what is said of wrong ones.

use super::*;
use crate::testing::Tiny;

const RIGHT: &str = "[look_alike]\nthreshold = 60\n\
     [look_alike.place]\nfield = \"place\"\nwithin = \"10km\"\nweight = 3\nprecision = \"type\"\n\
     off = { clash = \"25km\" }\nunknown = [\"other\"]\n\
     [look_alike.time]\nfield = \"occurred_at\"\nwithin = \"2d\"\nweight = 3\n\
     [[look_alike.same]]\nfield = \"type\"\nmust = true\nweight = 2\n\
     [[look_alike.same]]\nfield = \"admin1\"\n\
     [look_alike.words]\nfields = [\"summary\"]\nweight = 2\n";

fn with(rule: &str) -> Tiny {
    Tiny::new().edited("registers/incident/register.toml", "[cube]", &format!("{rule}[cube]"))
}

#[test]
fn a_rule_is_read_with_its_parts() {
    assert_eq!(with(RIGHT).said("core"), Vec::<String>::new());
    let pack = with(RIGHT).pack("core");
    let rule = pack.register("incident").and_then(|register| register.look_alike.as_ref());
    let rule = rule.expect("a rule");
    assert_eq!((rule.threshold, rule.weight()), (60, 11));
    let fields: Vec<&str> = rule.fields().into_iter().map(Name::as_str).collect();
    assert_eq!(fields, ["admin1", "occurred_at", "place", "summary", "type"]);
    let place = rule.place.as_ref().expect("a place");
    let off = |code| place.off(code).map(Reach::metres);
    assert_eq!(off(Some("clash")), Some(25_000));
    assert_eq!(off(Some("killing")), Some(0));
    assert_eq!(off(None), Some(0));
    assert_eq!(off(Some("other")), None);
    assert_eq!(place.off_max().metres(), 25_000);
    assert!(rule.same[0].must && !rule.same[1].must);
}

#[test]
fn every_fault_of_a_rule_is_said_at_once() {
    let wrong = "[look_alike]\nthreshold = 101\nlimit = 3\n\
         [look_alike.place]\nfield = \"plase\"\nwithin = \"10 km\"\noff = { clash = \"1km\" }\n\
         [look_alike.time]\nfield = \"deaths\"\nwithin = \"0h\"\nweight = 0\nprecision = \"type\"\n\
         off = { clsh = \"1d\", clash = \"soon\" }\nunknown = [\"nothing\"]\n\
         [[look_alike.same]]\nfield = \"place\"\nmust = 1\n\
         [[look_alike.same]]\nweight = 300\n\
         [look_alike.words]\nfields = [\"type\", \"summry\"]\n";
    let at = |line: &str| format!("registers/incident/register.toml:{line}");
    let expected = [
        format!("toml-number-range {} key=threshold value=101", at("12 [look_alike.threshold]")),
        format!(
            "toml-key-unknown {} key=limit nearest=place, same, threshold, time, words",
            at("13 [look_alike.limit]")
        ),
        format!(
            "register-field-unknown {} field=plase nearest=place",
            at("15 [look_alike.place.field]")
        ),
        format!("reach-invalid {} value=10 km", at("16 [look_alike.place.within]")),
        format!("look-alike-precision-missing {} key=off", at("17 [look_alike.place.off]")),
        format!(
            "register-field-type {} field=deaths found=integer expected=time, date",
            at("19 [look_alike.time.field]")
        ),
        format!("span-invalid {} value=0h", at("20 [look_alike.time.within]")),
        format!("toml-number-range {} key=weight value=0", at("21 [look_alike.time.weight]")),
        format!("span-invalid {} value=soon", at("23 [look_alike.time.off.clash]")),
        format!(
            "toml-value-unknown {} value=clsh nearest=clash",
            at("23 [look_alike.time.off.clsh]")
        ),
        format!(
            "toml-value-unknown {} value=nothing nearest=clash, killing, other",
            at("24 [look_alike.time.unknown]")
        ),
        format!(
            "register-field-type {} field=place found=point expected=code, codes, text, integer, boolean, date, record",
            at("26 [look_alike.same.field]")
        ),
        format!(
            "toml-wrong-type {} key=must expected=boolean found=integer",
            at("27 [look_alike.same.must]")
        ),
        format!("toml-key-missing {} key=field", at("28 [look_alike.same.field]")),
        format!("toml-number-range {} key=weight value=300", at("29 [look_alike.same.weight]")),
        format!(
            "register-field-type {} field=type found=code expected=text",
            at("31 [look_alike.words.fields]")
        ),
        format!(
            "register-field-unknown {} field=summry nearest=summary",
            at("31 [look_alike.words.fields]")
        ),
    ];
    assert_eq!(with(wrong).said("core"), expected);
}

#[test]
fn a_rule_looks_where_there_is_an_index() {
    let only = "[look_alike]\n[look_alike.words]\nfields = [\"summary\"]\n";
    assert_eq!(
        with(only).said("core"),
        ["look-alike-nowhere registers/incident/register.toml:11 [look_alike]"]
    );
    let other = RIGHT.replace("field = \"occurred_at\"", "field = \"found_at\"");
    let survey = "datetime,occurred_at,When,yes,\ndatetime,found_at,Found,,\n";
    let tiny = with(&other).edited(
        "registers/incident/survey.csv",
        "datetime,occurred_at,When,yes,\n",
        survey,
    );
    assert_eq!(
        tiny.said("core"),
        [
            "look-alike-not-indexed registers/incident/register.toml:20 [look_alike.time] field=found_at key=time_field known=occurred_at"
        ]
    );
}

#[test]
fn no_sealed_field_takes_part() {
    let survey = "type,name,label::en,bind::casque:sealed\ndatetime,occurred_at,When,\n\
         geopoint,place,Where,\ntext,admin1,Region,\nselect_one kind,type,Kind,\n\
         integer,deaths,Deaths,\ntext,summary,Summary,\ntext,secret,Secret,hrd-only\n";
    let tiny = with(RIGHT).with("core", "registers/incident/survey.csv", survey);
    let rule = RIGHT.replace("fields = [\"summary\"]", "fields = [\"summary\", \"secret\"]");
    let tiny = tiny.edited("registers/incident/register.toml", RIGHT, &rule);
    assert_eq!(
        tiny.said("core"),
        [
            "register-field-sealed registers/incident/register.toml:31 [look_alike.words.fields] field=secret"
        ]
    );
}
