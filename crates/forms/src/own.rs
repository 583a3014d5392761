//! A register's own form as a workbook, so that it can be written as an `XForm`: its surveys with all
//! their columns, and the codes that may be chosen on a day.

use std::collections::BTreeMap;
use std::fmt::Write;

use model::finding::Finding;
use model::time::Date;

use crate::labels::language_code;
use crate::list::{CodeList, Lists};
use crate::sheet::{self, Sheet};
use crate::workbook::{CHOICES, RawSheet, SETTINGS, SURVEY, Workbook};

/// What a register's form is called, and in which of its versions it is.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Its id, as clients know it.
    pub id: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The language shown first.
    pub language: &'a str,
    /// The field that stands for a record.
    pub title_field: Option<&'a str>,
    /// The day whose codes are offered.
    pub day: Date,
}

/// The workbook of a register's form; rows keep the order of its sheets, and their numbers run on.
pub fn workbook(surveys: &[Sheet<'_>], lists: &Lists, about: &About<'_>) -> Workbook {
    let mut languages = Spoken::default();
    let survey = survey(surveys, about.language, &mut languages);
    let choices = choices(lists, about.day, &languages);
    let settings = settings(about, &languages);
    // The sheets were checked when the pack was.
    let mut findings: Vec<Finding> = Vec::new();
    Workbook::read(&[survey, choices, settings], &mut findings)
}

/// Languages as sheets write them (`French (fr)`), by code: the first way of writing each.
#[derive(Debug, Default)]
struct Spoken(BTreeMap<String, String>);

impl Spoken {
    /// A header with its language written as it was first.
    fn header(&mut self, header: &str, language: &str) -> String {
        let Some((name, suffix)) = header.rsplit_once("::") else {
            let is_spoken = ["label", "hint"].contains(&header);
            return if is_spoken {
                format!("{header}::{}", self.written(language))
            } else {
                header.to_owned()
            };
        };
        let Some(code) = language_code(suffix).map(str::to_owned) else { return header.to_owned() };
        let written = self.0.entry(code).or_insert_with(|| suffix.to_owned());
        format!("{name}::{written}")
    }

    fn written<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(code).map_or(code, String::as_str)
    }
}

fn survey(surveys: &[Sheet<'_>], language: &str, languages: &mut Spoken) -> RawSheet {
    let mut headers: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for sheet in surveys {
        let table = sheet::read(*sheet, &mut Vec::new());
        let places: Vec<Option<usize>> = table
            .headers()
            .iter()
            .map(|header| (!header.is_empty()).then(|| languages.header(header, language)))
            .map(|header| header.map(|header| place_of(&mut headers, header)))
            .collect();
        for row in table.rows() {
            let mut cells = vec![String::new(); headers.len()];
            for (column, place) in places.iter().enumerate() {
                if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
                    row.cell(column).clone_into(cell);
                }
            }
            rows.push(cells);
        }
    }
    let kind = headers.iter().position(|header| header == "type");
    for cell in rows.iter_mut().filter_map(|row| row.get_mut(kind?)) {
        // A client knows no records: whoever fills the form writes which one is meant.
        if cell.split_whitespace().next() == Some("record") {
            "text".clone_into(cell);
        }
    }
    let rows = (1..).zip(std::iter::once(headers).chain(rows)).collect();
    RawSheet { name: SURVEY.to_owned(), rows }
}

fn place_of(headers: &mut Vec<String>, header: String) -> usize {
    headers.iter().position(|known| *known == header).unwrap_or_else(|| {
        headers.push(header);
        headers.len().saturating_sub(1)
    })
}

fn choices(lists: &Lists, day: Date, languages: &Spoken) -> RawSheet {
    let codes =
        || lists.values().flat_map(|list| list.codes().iter().map(move |code| (list, code)));
    let mut labels: Vec<&str> =
        codes().flat_map(|(_, code)| code.labels.iter().map(|(language, _)| language)).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut schemes: Vec<&str> = lists.values().flat_map(|list| list.schemes()).collect();
    schemes.sort_unstable();
    schemes.dedup();
    let spoken = labels.iter().map(|code| format!("label::{}", languages.written(code)));
    let mut header = vec!["list_name".to_owned(), "name".to_owned()];
    header.extend(spoken.chain(schemes.iter().map(|scheme| (*scheme).to_owned())));
    header.push("parent".to_owned());
    let offered = codes().filter(|(_, code)| code.holds_on(day));
    let rows = offered.map(|(list, code)| {
        let mut cells = vec![list.name.to_string(), code.code.clone()];
        // A client shows nothing for a code without a label.
        let text = |language: &&str| code.labels.get(language).unwrap_or(&code.code).to_owned();
        cells.extend(labels.iter().map(text));
        let theirs = |scheme: &&str| code.crosswalks.get(*scheme).map(|codes| codes.join(" "));
        cells.extend(schemes.iter().map(|scheme| theirs(scheme).unwrap_or_default()));
        cells.push(code.parent.clone().unwrap_or_default());
        cells
    });
    let rows = (1..).zip(std::iter::once(header).chain(rows)).collect();
    RawSheet { name: CHOICES.to_owned(), rows }
}

fn settings(about: &About<'_>, languages: &Spoken) -> RawSheet {
    let language = languages.written(about.language);
    let name = about.title_field.map(|field| format!("${{{field}}}")).unwrap_or_default();
    let pairs = [
        ("form_id", about.id),
        ("form_title", about.title),
        ("version", about.version),
        ("default_language", language),
        ("instance_name", &name),
    ];
    let (header, row) =
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).unzip();
    RawSheet { name: SETTINGS.to_owned(), rows: vec![(1, header), (2, row)] }
}

/// A text that differs wherever a client would see another form: what its version is made from.
pub fn fingerprint(surveys: &[Sheet<'_>], lists: &Lists, day: Date) -> String {
    let mut text = String::new();
    for sheet in surveys {
        text.push_str(&String::from_utf8_lossy(sheet.bytes));
    }
    for list in lists.values() {
        add_codes(&mut text, list, day);
    }
    text
}

fn add_codes(text: &mut String, list: &CodeList, day: Date) {
    for code in list.codes().iter().filter(|code| code.holds_on(day)) {
        let labels: Vec<(&str, &str)> = code.labels.iter().collect();
        // Writing into a text cannot fail.
        write!(text, "\n{} {} {labels:?} {:?}", list.name, code.code, code.parent)
            .unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::id::Name;

    use super::*;
    use crate::list::Code;
    use crate::xform;

    const OWN: &str = "type,name,label::English (en),label::French (fr),bind::casque:sealed\n\
        text,summary,Summary,Résumé,\nselect_one kind,kind,Kind,Type,\n\
        record site,site,Site,Site,\ntext,secret,Secret,Secret,med-only\n";
    const GROUP: &str = "type,name,label::en,label::fr\ngeopoint,place,Place,Lieu\n";

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn emitted() -> String {
        let code = |code: &str, to: Option<&str>| Code {
            code: code.to_owned(),
            labels: [("en", code)].into_iter().collect(),
            valid_to: to.map(day),
            ..Code::default()
        };
        let name = Name::new("kind").expect("a name");
        let codes = vec![code("raid", None), code("gone", Some("2018-06-30"))];
        let lists = Lists::from([(name.clone(), Arc::new(CodeList::new(name, codes)))]);
        let sheets = [("survey.csv", OWN), ("place.csv", GROUP)];
        let sheets = sheets.map(|(file, text)| Sheet { file, bytes: text.as_bytes() });
        let about = About {
            id: "incident",
            title: "Incident",
            version: "7",
            language: "fr",
            title_field: Some("summary"),
            day: day("2020-01-01"),
        };
        let book = workbook(&sheets, &lists, &about);
        xform::emit(&book, "x").expect("a form of a pack").xml
    }

    #[test]
    fn a_registers_form_has_all_its_sheets_in_one_way_of_writing_languages() {
        let xml = emitted();
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
        let xml = emitted();
        assert!(xml.contains("<name>raid</name>") && !xml.contains("gone"));
        assert!(!xml.contains("casque") && !xml.contains("med-only"));
        assert!(xml.contains("<input ref=\"/data/site\">"), "a record is asked for as text");
    }
}
