//! Reads code lists from sheets: an `XLSForm`'s `choices`, or a list of its own with column `code`.
//!
//! A column of any other name holds what the scheme of that name calls the code (`ucdp`, `acled`),
//! several of its codes apart by `;`.

use std::collections::{BTreeMap, BTreeSet};

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::nearest::nearest;
use model::time::Date;

use crate::labels::language_code;
use crate::list::{Code, CodeList};
use crate::sheet::{self, Row, Sheet, Table};

/// The columns people may write, for the nearest one to a slip.
const COLUMNS: [&str; 9] =
    ["code", "name", "label", "definition", "parent", "valid_from", "valid_to", "source", "note"];

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    List,
    Code,
    Label(String),
    Definition(String),
    Parent,
    From,
    To,
    Source,
    Note,
    Crosswalk(String),
}

/// Reads a sheet that is one list: columns `code`, `label::LANGUAGE`, `definition::LANGUAGE`,
/// `parent`, `valid_from`, `valid_to`, `source`, `note` and crosswalks. A bare `label` or
/// `definition` is in `language`.
pub fn read_list(
    name: &Name,
    sheet: Sheet<'_>,
    language: &str,
    findings: &mut Vec<Finding>,
) -> CodeList {
    let table = sheet::read(sheet, findings);
    let mut reader = Reader { sheet, language, findings };
    let columns = reader.columns(&table, "code");
    let mut codes = Vec::new();
    if reader.demand(&table, &columns, "code", &Column::Code) {
        codes.extend(table.rows().filter_map(|row| reader.code(&columns, row)));
    }
    let list = CodeList::new(name.clone(), codes);
    check(&list, sheet.file, findings);
    list
}

/// Reads an `XLSForm`'s choices: the same with columns `list_name` and `name`, many lists in one.
pub fn read_choices(
    sheet: Sheet<'_>,
    language: &str,
    findings: &mut Vec<Finding>,
) -> Vec<CodeList> {
    let table = sheet::read(sheet, findings);
    let mut reader = Reader { sheet, language, findings };
    let columns = reader.columns(&table, "name");
    let has_code = reader.demand(&table, &columns, "name", &Column::Code);
    if !reader.demand(&table, &columns, "list_name", &Column::List) || !has_code {
        return Vec::new();
    }
    let mut lists: BTreeMap<Name, Vec<Code>> = BTreeMap::new();
    for row in table.rows() {
        if let (Some(list), Some(code)) =
            (reader.list_name(&columns, row), reader.code(&columns, row))
        {
            lists.entry(list).or_default().push(code);
        }
    }
    let lists = lists.into_iter().map(|(name, codes)| CodeList::new(name, codes));
    lists.inspect(|list| check(list, sheet.file, findings)).collect()
}

/// What reading one sheet needs at hand.
struct Reader<'a> {
    sheet: Sheet<'a>,
    language: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn columns(&mut self, table: &Table, code_header: &str) -> Vec<Option<Column>> {
        let mut columns = Vec::new();
        for header in table.headers() {
            let column = self.column(header, code_header);
            if column.is_none() && !header.is_empty() {
                let finding = self.at(1, "list-column-unknown", header);
                self.findings.push(finding.with("column", header).with("nearest", meant(header)));
            }
            columns.push(column);
        }
        columns
    }

    fn column(&self, header: &str, code_header: &str) -> Option<Column> {
        match header {
            "list_name" if code_header == "name" => Some(Column::List),
            "label" => Some(Column::Label(self.language.to_owned())),
            "definition" => Some(Column::Definition(self.language.to_owned())),
            "parent" => Some(Column::Parent),
            "valid_from" => Some(Column::From),
            "valid_to" => Some(Column::To),
            "source" => Some(Column::Source),
            "note" => Some(Column::Note),
            header if header == code_header => Some(Column::Code),
            header => other_column(header),
        }
    }

    /// Whether there is such a column; a finding where there is none.
    fn demand(
        &mut self,
        table: &Table,
        columns: &[Option<Column>],
        header: &'static str,
        column: &Column,
    ) -> bool {
        let found = columns.iter().flatten().any(|known| known == column);
        if !found && !table.headers().is_empty() {
            let finding = self.at(1, "sheet-column-missing", header);
            self.findings.push(finding.with("column", header));
        }
        found
    }

    fn list_name(&mut self, columns: &[Option<Column>], row: Row<'_>) -> Option<Name> {
        let place = columns.iter().position(|column| *column == Some(Column::List))?;
        let text = row.cell(place);
        Name::new(text).map_err(|_no_name| self.refuse(row, "name-invalid", "list_name", text)).ok()
    }

    fn code(&mut self, columns: &[Option<Column>], row: Row<'_>) -> Option<Code> {
        let mut code = Code { row: row.line, ..Code::default() };
        for (place, column) in columns.iter().enumerate() {
            if let Some(column) = column {
                self.read_cell(&mut code, column, row, row.cell(place));
            }
        }
        if !is_code(&code.code) {
            self.refuse(row, "list-code-invalid", "code", &code.code);
            return None;
        }
        self.check_period(&code, row);
        Some(code)
    }

    fn read_cell(&mut self, code: &mut Code, column: &Column, row: Row<'_>, text: &str) {
        match column {
            Column::List | Column::Note => {}
            Column::Code => text.clone_into(&mut code.code),
            Column::Label(language) => code.labels.set(language, text),
            Column::Definition(language) => code.definitions.set(language, text),
            Column::Parent => code.parent = optional(text),
            Column::From => code.valid_from = self.read_date(row, "valid_from", text),
            Column::To => code.valid_to = self.read_date(row, "valid_to", text),
            Column::Source => code.source = optional(text),
            Column::Crosswalk(scheme) => {
                let theirs: Vec<String> = text.split(';').filter_map(optional).collect();
                if !theirs.is_empty() {
                    code.crosswalks.insert(scheme.clone(), theirs);
                }
            }
        }
    }

    fn read_date(&mut self, row: Row<'_>, column: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let date = text.parse();
        date.map_err(|_no_date| self.refuse(row, "date-invalid", column, text)).ok()
    }

    fn check_period(&mut self, code: &Code, row: Row<'_>) {
        if let (Some(from), Some(to)) = (code.valid_from, code.valid_to)
            && to < from
        {
            let finding = self.at(row.line, "list-validity-reversed", "valid_to");
            let finding = finding.with("code", &code.code).with("from", from).with("to", to);
            self.findings.push(finding);
        }
    }

    fn refuse(&mut self, row: Row<'_>, code: &'static str, column: &str, value: &str) {
        let finding = self.at(row.line, code, column).with("value", value);
        self.findings.push(finding);
    }

    fn at(&self, row: u64, code: &'static str, column: &str) -> Finding {
        Finding::error(code).in_file(self.sheet.file).at_row(row).in_column(column)
    }
}

/// A text in a language, or a crosswalk: a name that is no slip of a known column.
fn other_column(header: &str) -> Option<Column> {
    let Some((prefix, suffix)) = header.split_once("::") else {
        let slip = nearest(header, COLUMNS).is_some() || header.starts_with("valid");
        return Name::new(header)
            .ok()
            .filter(|_scheme| !slip)
            .map(|s| Column::Crosswalk(s.to_string()));
    };
    let language = language_code(suffix)?.to_owned();
    match prefix {
        "label" => Some(Column::Label(language)),
        "definition" => Some(Column::Definition(language)),
        _ => None,
    }
}

/// What a column that is none was probably meant to be.
fn meant(header: &str) -> String {
    let (prefix, _language) = header.split_once("::").unwrap_or((header, ""));
    match nearest(prefix, COLUMNS) {
        Some(word @ ("label" | "definition")) => format!("{word}::en"),
        Some(word) => word.to_owned(),
        None if prefix.starts_with("valid") => "valid_to".to_owned(),
        None => COLUMNS.join(", "),
    }
}

/// Codes stand in lists apart by blanks, so they hold none; nor commas and semicolons, which
/// people use for the same.
fn is_code(code: &str) -> bool {
    !code.is_empty()
        && !code.contains(|c: char| c.is_whitespace() || c.is_control() || ",;".contains(c))
}

fn optional(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What only the whole list shows: codes twice, and parents that are none.
fn check(list: &CodeList, file: &str, findings: &mut Vec<Finding>) {
    for code in list.codes() {
        let mut earlier = list.rows(&code.code).take_while(|earlier| earlier.row < code.row);
        if let Some(first) = earlier.find(|earlier| earlier.overlaps(code)) {
            findings.push(twice(first, code, file));
        }
        if let Some(parent) = &code.parent {
            check_parent(list, code, parent, file, findings);
        }
    }
}

fn twice(first: &Code, second: &Code, file: &str) -> Finding {
    let dated = |code: &Code| code.valid_from.is_some() || code.valid_to.is_some();
    let has_period = dated(first) || dated(second);
    let word = if has_period { "list-validity-overlap" } else { "list-code-twice" };
    let finding = Finding::error(word).in_file(file).at_row(second.row).in_column("code");
    finding.with("code", &second.code).with("first", first.row)
}

fn check_parent(
    list: &CodeList,
    code: &Code,
    parent: &str,
    file: &str,
    findings: &mut Vec<Finding>,
) {
    let at = |word| Finding::error(word).in_file(file).at_row(code.row).in_column("parent");
    if !list.knows(parent) {
        let known = list.codes().iter().map(|known| known.code.as_str());
        let near = suggestion(parent, known);
        findings.push(at("list-parent-unknown").with("parent", parent).with("nearest", near));
    } else if is_own_ancestor(list, &code.code) {
        findings.push(at("list-parent-cycle").with("code", &code.code).with("parent", parent));
    }
}

fn is_own_ancestor(list: &CodeList, code: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = parent_of(list, code);
    while let Some(ancestor) = next {
        if ancestor == code {
            return true;
        }
        if !seen.insert(ancestor) {
            return false;
        }
        next = parent_of(list, ancestor);
    }
    false
}

fn parent_of<'a>(list: &'a CodeList, code: &str) -> Option<&'a str> {
    list.get(code).and_then(|code| code.parent.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (CodeList, Vec<String>) {
        let mut findings = Vec::new();
        let name = Name::new("type").expect("a name");
        let list = read_list(
            &name,
            Sheet { file: "type.csv", bytes: text.as_bytes() },
            "en",
            &mut findings,
        );
        (list, findings.iter().map(Finding::to_string).collect())
    }

    #[test]
    fn a_list_is_read_with_everything_it_says() {
        let (list, findings) = read(
            "code,label::English (en),label::fr,parent,valid_from,valid_to,ucdp,source,definition::en\n\
             AC,Armed conflict,Conflit armé,,,,,C.1,\n\
             AC-CLASH,Clash,Affrontement,AC,2013-07-01,2023-12-31,1; 2,,Both shoot.\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        let clash = list.get("AC-CLASH").expect("read");
        assert_eq!(clash.labels.get("fr"), Some("Affrontement"));
        assert_eq!(clash.parent.as_deref(), Some("AC"));
        assert_eq!(clash.valid_to, Some("2023-12-31".parse().expect("a date")));
        assert_eq!(clash.crosswalks["ucdp"], ["1", "2"]);
        assert_eq!(clash.definitions.get("en"), Some("Both shoot."));
        assert_eq!(clash.row, 3);
        assert_eq!(list.get("AC").expect("read").source.as_deref(), Some("C.1"));
    }

    #[test]
    fn codes_twice_and_periods_that_overlap_or_run_backwards_are_found() {
        let (_list, findings) = read(
            "code,label,valid_from,valid_to\na,A,,\na,A,,\nb,B,2013-01-01,2014-12-31\n\
             b,B,2014-12-31,\nc,C,2015-01-01,2014-01-01\nd,D,0025-03-01,\nd d,D,,\ne,E,,2013-01-01\ne,E,2013-01-02,\n",
        );
        assert_eq!(
            findings,
            [
                "list-validity-reversed type.csv:6 [valid_to] code=c from=2015-01-01 to=2014-01-01",
                "date-invalid type.csv:7 [valid_from] value=0025-03-01",
                "list-code-invalid type.csv:8 [code] value=d d",
                "list-code-twice type.csv:3 [code] code=a first=2",
                "list-validity-overlap type.csv:5 [code] code=b first=4",
            ]
        );
    }

    #[test]
    fn parents_must_be_codes_and_not_their_own_ancestors() {
        let (_list, findings) = read("code,parent\nclash,\nraid,clsah\na,b\nb,a\nc,a\n");
        assert_eq!(
            findings,
            [
                "list-parent-unknown type.csv:3 [parent] parent=clsah nearest=clash",
                "list-parent-cycle type.csv:4 [parent] code=a parent=b",
                "list-parent-cycle type.csv:5 [parent] code=b parent=a",
            ]
        );
    }

    #[test]
    fn columns_that_are_none_name_the_nearest() {
        let (_list, findings) =
            read("kode,valid_form,valid_until,label::French,Acled\n1,2,3,4,5\n");
        assert_eq!(
            findings,
            [
                "list-column-unknown type.csv:1 [kode] column=kode nearest=code",
                "list-column-unknown type.csv:1 [valid_form] column=valid_form nearest=valid_from",
                "list-column-unknown type.csv:1 [valid_until] column=valid_until nearest=valid_to",
                "list-column-unknown type.csv:1 [label::French] column=label::French nearest=label::en",
                "list-column-unknown type.csv:1 [Acled] column=Acled nearest=code, name, label, definition, parent, valid_from, valid_to, source, note",
                "sheet-column-missing type.csv:1 [code] column=code",
            ]
        );
    }

    #[test]
    fn choices_hold_many_lists() {
        let mut findings = Vec::new();
        let bytes = b"list_name,name,label::en\nyes_no,yes,Yes\nyes_no,no,No\nside,a,A\nSide,b,B\n";
        let lists = read_choices(Sheet { file: "choices.csv", bytes }, "en", &mut findings);
        let names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names, ["side", "yes_no"]);
        assert_eq!(lists.iter().map(|list| list.codes().len()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(findings[0].to_string(), "name-invalid choices.csv:5 [list_name] value=Side");
    }
}
