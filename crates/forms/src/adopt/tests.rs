//! Tests of making registers.

use model::id::Name;
use model::value::FieldType;

use super::*;
use crate::sheet::Sheet;
use crate::survey;
use crate::workbook::RawSheet;

const SURVEY: &str = "type|Name|label::French|label::English (en)|relevant|image|kuid|choice_filter
    start|start||||||
    note|Intro|Bonjour|Hello|||k1|
    begin repeat|Gens|Gens|People||||
    integer|Age|Âge|Age|||k2|
    end repeat|||||||
    select_one Oui-Non or_other|Sûr?|Sûr|Sure||||
    select_one region|R.1|Région|Region||||
    select_one town|town|Ville|Town|${R.1} != ''|t.png||region = ${R.1}
    geopoint|id|Lieu|Place||||
    text|classification|Texte|Text||||";
const CHOICES: &str = "list_name|name|label::French|label::English (en)|region
    Oui-Non|oui|Oui|Yes|
    region|a b|AB|AB|
    town|t1|T1|T1|a";

fn sheet(name: &str, text: &str) -> RawSheet {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    RawSheet { name: name.to_owned(), rows: (1..).zip(text.lines().map(cells)).collect() }
}

fn adopted(survey: &str, choices: &str) -> Adopted {
    let mut findings = Vec::new();
    let sheets = [sheet("survey", survey), sheet("choices", choices)];
    let book = Workbook::read(&sheets, &mut findings);
    assert_eq!(findings, []);
    let mut demanded = Field::new(Name::new("classification").expect("a name"), FieldType::Code);
    demanded.question = "select_one".to_owned();
    demanded.list = Some(Name::new("classification").expect("a name"));
    let around = Around {
        name: &Name::new("visit").expect("a name"),
        languages: &["fr".to_owned(), "en".to_owned()],
        lists: ["region"].into(),
        demanded: vec![&demanded],
        before: None,
    };
    adopt(&book, "Visite \"A\"", &around)
}

fn said(adopted: &Adopted) -> Vec<String> {
    adopted.findings.iter().map(Finding::to_string).collect()
}

#[test]
fn a_register_made_of_a_form_is_read_without_complaint() {
    let adopted = adopted(&SURVEY.replace("Sûr?", "sur"), CHOICES);
    let choices = adopted.choices.clone().expect("choices");
    let reading = survey::read(
        &[Sheet { file: "survey.csv", bytes: &adopted.survey }],
        Some(Sheet { file: "choices.csv", bytes: &choices }),
        "fr",
    );
    assert_eq!(reading.findings, [], "{}", String::from_utf8_lossy(&adopted.survey));
    let names: Vec<&str> = reading.form.names().collect();
    let expected = [
        "start",
        "gens",
        "sur",
        "sur_other",
        "r_1",
        "town",
        "id_2",
        "classification_2",
        "classification",
    ];
    assert_eq!(names, expected);
    let town = reading.form.field("town").expect("kept");
    assert_eq!(town.relevant.as_deref(), Some("${r_1} != ''"));
    assert_eq!(town.other["choice_filter"], "region = ${r_1}");
    assert_eq!(town.other["image::fr"], "t.png");
    assert_eq!(town.labels.exactly("fr"), Some("Ville"));
    let lists: Vec<&str> = reading.lists.iter().map(|list| list.name.as_str()).collect();
    assert_eq!(lists, ["oui-non", "town", "visit_region"]);
    assert!(reading.lists[0].knows("other") && reading.lists[2].knows("a_b"));
}

#[test]
fn what_was_changed_or_left_out_is_said_with_its_row() {
    let adopted = adopted(&SURVEY.replace("Sûr?", "sur"), CHOICES);
    assert_eq!(
        said(&adopted),
        [
            "form-name-changed survey:3 [name] from=Intro to=intro",
            "form-name-changed survey:4 [name] from=Gens to=gens",
            "form-name-changed survey:5 [name] from=Age to=age",
            "form-name-changed survey:8 [name] from=R.1 to=r_1",
            "form-name-changed survey:10 [name] from=id to=id_2",
            "form-name-changed survey:11 [name] from=classification to=classification_2",
            "form-name-changed choices:2 [list_name] from=Oui-Non to=oui-non",
            "form-name-changed choices:3 [list_name] from=region to=visit_region",
            "form-column-left-out survey:3 [kuid] column=kuid",
            "form-name-changed choices:3 [name] from=a b to=a_b",
        ]
    );
}

#[test]
fn time_place_title_and_columns_are_chosen_and_said() {
    let adopted = adopted(&SURVEY.replace("Sûr?", "sur"), CHOICES);
    let expected = "title = { fr = \"Visite \\\"A\\\"\", en = \"Visite \\\"A\\\"\" }\n\
        time_field = \"start\"\nplace_field = \"id_2\"\ntitle_field = \"sur_other\"\n\
        search_fields = [\"sur_other\", \"classification_2\"]\n\
        list_columns = [\"start\", \"sur_other\", \"sur\", \"r_1\", \"town\"]\n";
    assert_eq!(adopted.settings, expected);
    assert_eq!(adopted.decided[0], ("time_field", "start".to_owned()));
}

#[test]
fn what_a_register_cannot_hold_is_refused_with_its_row() {
    let adopted = adopted(
        "type|name|label::Klingon\nselect_one_from_file a.csv|a|A\nbegin loop over l|b|B\nend loop||\ncsv-external|c|",
        "list_name|name|label\nl|x|X",
    );
    assert_eq!(
        said(&adopted),
        [
            "form-language-unclear survey:1 language=Klingon",
            "form-type-unsupported survey:2 [type] type=select_one_from_file a.csv",
            "form-type-unsupported survey:3 [type] type=begin loop over l",
            "form-type-unsupported survey:4 [type] type=end loop",
            "form-type-unsupported survey:5 [type] type=csv-external",
        ]
    );
}
