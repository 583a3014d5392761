//! The map symbol of a register: what APP-6D and MIL-STD-2525D make twenty digits of.
//!
//! A pack says which symbol; the digits are computed here and nowhere else. No pack can say that
//! somebody is suspect or hostile: a United Nations mission names no enemy on its map.

use forms::list::CodeList;
use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;

use super::Register;
use super::read::Fields;
use crate::document::Section;
use crate::findings::Findings;

const KEYS: [&str; 4] = ["set", "entity", "identity", "by"];
/// The column of a code list that holds the symbols of its codes.
const COLUMN: &str = "symbol";
/// The symbol sets of APP-6D, but those of weather and signals, which no register is about.
const SETS: [&str; 16] = [
    "00", "01", "02", "05", "06", "10", "11", "15", "20", "25", "27", "30", "35", "36", "40", "60",
];
const SET_DIGITS: usize = 2;
const ENTITY_DIGITS: usize = 6;
/// What the standard calls version D.
const VERSION: &str = "10";
/// Who is at the place, in the digits of the standard.
const IDENTITIES: [(&str, char); 5] = [
    ("pending", '0'),
    ("unknown", '1'),
    ("assumed-friend", '2'),
    ("friend", '3'),
    ("neutral", '4'),
];
const UNKNOWN: char = '1';
/// What the standard also has.
const REFUSED: [&str; 2] = ["suspect", "hostile"];

/// What a register's records look like on a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The symbol set: two digits.
    pub set: String,
    /// Entity, type and subtype: six digits.
    pub entity: String,
    /// The digit of the identity.
    identity: char,
    /// The code field whose codes may have symbols of their own.
    pub by: Option<Name>,
}

impl Symbol {
    /// The word for the identity.
    pub fn identity(&self) -> &'static str {
        let known = IDENTITIES.into_iter().find(|(_word, digit)| *digit == self.identity);
        known.map_or("", |(word, _digit)| word)
    }

    /// The twenty digits: those of a code with a symbol of its own, else those of the register.
    pub fn digits(&self, register: &Register, code: Option<&str>, exercise: bool) -> String {
        let own = code.and_then(|code| self.own(register, code));
        let own = own.and_then(|own| own.split_at_checked(own.len().checked_sub(ENTITY_DIGITS)?));
        let (set, entity) = own.unwrap_or(("", &self.entity));
        let set = if set.is_empty() { &self.set } else { set };
        let (context, identity) = (u8::from(exercise), self.identity);
        format!("{VERSION}{context}{identity}{set}0000{entity}0000")
    }

    /// The codes that have symbols of their own, with their digits.
    pub fn codes(&self, register: &Register, exercise: bool) -> Vec<(String, String)> {
        let mut told: Vec<(String, String)> = Vec::new();
        for code in self.list(register).into_iter().flat_map(CodeList::codes) {
            if code.crosswalks.contains_key(COLUMN) && !told.iter().any(|(c, _)| *c == code.code) {
                told.push((code.code.clone(), self.digits(register, Some(&code.code), exercise)));
            }
        }
        told
    }

    fn own<'r>(&self, register: &'r Register, code: &str) -> Option<&'r str> {
        let known = self.list(register)?.get(code)?;
        known.crosswalks.get(COLUMN)?.first().map(String::as_str)
    }

    fn list<'r>(&self, register: &'r Register) -> Option<&'r CodeList> {
        let field = register.form.field(self.by.as_ref()?.as_str())?;
        register.lists.get(field.list.as_ref()?).map(|list| &**list)
    }
}

/// Reads `[symbol]`.
pub(super) fn read(root: &Section<'_>, register: &Register) -> Option<Symbol> {
    let section = root.section("symbol")?;
    section.knows(&KEYS);
    section.demand("set");
    section.demand("entity");
    let set = section.text("set").filter(|set| section.choice("set", set, &SETS).is_some());
    let entity = section.text("entity").filter(|entity| {
        let fits = is_digits(entity, ENTITY_DIGITS);
        if !fits {
            section.report(section.finding("symbol-entity", "entity").with("value", entity));
        }
        fits
    });
    let identity = identity(&section);
    let by = Fields { root: &section, form: &register.form }.one("by", &[FieldType::Code]);
    let symbol = Symbol { set: set?, entity: entity?, identity, by };
    check_by(&section, &symbol, register);
    Some(symbol)
}

/// A list's symbols are six digits, or eight with the set before.
pub(crate) fn check_list(list: &CodeList, file: &str, findings: &Findings) {
    for code in list.codes() {
        let Some(symbols) = code.crosswalks.get(COLUMN) else { continue };
        let is_right = match symbols.as_slice() {
            [digits] => {
                let (set, entity) = digits.split_at_checked(SET_DIGITS).unwrap_or_default();
                is_digits(digits, ENTITY_DIGITS)
                    || (is_digits(entity, ENTITY_DIGITS) && SETS.contains(&set))
            }
            _ => false,
        };
        if !is_right {
            let finding = Finding::error("symbol-of-code").in_file(file).at_row(code.row);
            let finding = finding.in_column(COLUMN).with("code", &code.code);
            findings.push(finding.with("value", symbols.join(";")));
        }
    }
}

fn identity(section: &Section<'_>) -> char {
    let Some(word) = section.text("identity") else { return UNKNOWN };
    if REFUSED.contains(&word.as_str()) {
        let finding = section.finding("symbol-identity-refused", "identity").with("value", &word);
        section.report(finding);
        return UNKNOWN;
    }
    let known = IDENTITIES.map(|(word, _digit)| word);
    let at = section.choice("identity", &word, &known);
    at.and_then(|at| IDENTITIES.get(at)).map_or(UNKNOWN, |(_word, digit)| *digit)
}

/// A field none of whose codes has a symbol would never change one.
fn check_by(section: &Section<'_>, symbol: &Symbol, register: &Register) {
    let Some(by) = &symbol.by else { return };
    if symbol.codes(register, false).is_empty() {
        let list = symbol.list(register).map_or("", |list| list.name.as_str());
        let finding = section.finding("symbol-by-none", "by").with("field", by);
        section.report(finding.with("list", list));
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}
