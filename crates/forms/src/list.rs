//! Code lists: what a code means, since when, until when, and what others call it.
//!
//! A retired code stays readable for ever; whether it may still be chosen depends on the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::id::Name;
use model::time::Date;

use crate::labels::Labels;

/// The code lists that a form's fields draw from.
pub type Lists = BTreeMap<Name, Arc<CodeList>>;

/// One row of a code list: a code with its meaning in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// What is stored.
    pub code: String,
    /// What people read.
    pub labels: Labels,
    /// What exactly it means.
    pub definitions: Labels,
    /// The code of the same list that it is a kind of.
    pub parent: Option<String>,
    /// The first day it may be chosen for.
    pub valid_from: Option<Date>,
    /// The last day it may be chosen for.
    pub valid_to: Option<Date>,
    /// What other schemes call it: scheme to their codes.
    pub crosswalks: BTreeMap<String, Vec<String>>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its row in the sheet.
    pub row: u64,
}

impl Code {
    /// Whether it may be chosen for `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether some day lies in the periods of both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |to: Option<Date>, from: Option<Date>| match (to, from) {
            (Some(to), Some(from)) => to < from,
            _ => false,
        };
        !before(self.valid_to, other.valid_from) && !before(other.valid_to, self.valid_from)
    }
}

/// A named list of codes in the order of its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Its name.
    pub name: Name,
    codes: Vec<Code>,
    places: BTreeMap<String, Vec<usize>>,
}

impl CodeList {
    /// A list of these rows. A code may have several, each with a period of its own.
    pub fn new(name: Name, codes: Vec<Code>) -> Self {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, code) in codes.iter().enumerate() {
            places.entry(code.code.clone()).or_default().push(place);
        }
        Self { name, codes, places }
    }

    /// Every row, in the order of the sheet.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Whether the code is or ever was in the list.
    pub fn knows(&self, code: &str) -> bool {
        self.places.contains_key(code)
    }

    /// The rows of one code.
    pub fn rows(&self, code: &str) -> impl Iterator<Item = &Code> {
        self.places.get(code).into_iter().flatten().filter_map(|place| self.codes.get(*place))
    }

    /// The latest row of a code: what to read where the day does not matter.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.rows(code).max_by_key(|row| row.valid_from)
    }

    /// The row of a code that holds on `day`.
    pub fn on(&self, code: &str, day: Date) -> Option<&Code> {
        self.rows(code).find(|row| row.holds_on(day))
    }

    /// The names of the schemes it has crosswalks to.
    pub fn schemes(&self) -> BTreeSet<&str> {
        self.codes.iter().flat_map(|code| code.crosswalks.keys()).map(String::as_str).collect()
    }

    /// From another scheme's codes to ours. Where two of ours share one of theirs, our first wins.
    pub fn crosswalk(&self, scheme: &str) -> BTreeMap<&str, &str> {
        let mut ours = BTreeMap::new();
        for code in &self.codes {
            for theirs in code.crosswalks.get(scheme).into_iter().flatten() {
                ours.entry(theirs.as_str()).or_insert(code.code.as_str());
            }
        }
        ours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str, from: Option<&str>, to: Option<&str>) -> Code {
        let day = |text: Option<&str>| text.map(|text| text.parse().expect("a date"));
        Code { code: code.into(), valid_from: day(from), valid_to: day(to), ..Code::default() }
    }

    #[test]
    fn a_code_is_read_for_ever_but_chosen_in_its_period() {
        let retired = code("a", Some("2013-07-01"), Some("2018-06-30"));
        let again = code("a", Some("2020-01-01"), None);
        let list = CodeList::new(Name::new("l").unwrap(), vec![retired.clone(), again.clone()]);
        let on = |day: &str| list.on("a", day.parse().unwrap());
        assert_eq!(on("2013-06-30"), None);
        assert_eq!(on("2013-07-01"), Some(&retired));
        assert_eq!(on("2018-06-30"), Some(&retired));
        assert_eq!(on("2019-01-01"), None);
        assert_eq!(on("2030-01-01"), Some(&again));
        assert_eq!(list.get("a"), Some(&again));
        assert!(list.knows("a") && !list.knows("b"));
    }

    #[test]
    fn periods_overlap_when_they_share_a_day() {
        let early = code("a", None, Some("2018-06-30"));
        assert!(early.overlaps(&code("a", Some("2018-06-30"), None)));
        assert!(!early.overlaps(&code("a", Some("2018-07-01"), None)));
        assert!(code("a", None, None).overlaps(&early));
        assert!(!code("a", Some("2019-01-01"), Some("2019-02-01")).overlaps(&early));
    }

    #[test]
    fn the_first_of_ours_wins_a_shared_crosswalk() {
        let with = |ours: &str, theirs: &[&str]| {
            let theirs = theirs.iter().map(|code| (*code).to_owned()).collect();
            Code { crosswalks: [("ucdp".to_owned(), theirs)].into(), ..code(ours, None, None) }
        };
        let list = CodeList::new(
            Name::new("l").unwrap(),
            vec![with("clash", &["1", "2"]), with("attack", &["2", "3"])],
        );
        let expected = BTreeMap::from([("1", "clash"), ("2", "clash"), ("3", "attack")]);
        assert_eq!(list.crosswalk("ucdp"), expected);
        assert_eq!(list.schemes(), BTreeSet::from(["ucdp"]));
        assert!(list.crosswalk("acled").is_empty());
    }
}
