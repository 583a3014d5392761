//! The codes of a register's lists as a sheet, and as the files that expressions look into.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use model::time::Date;

use super::{Asking, Spoken};
use crate::compiled::cells;
use crate::list::{Code, CodeList};
use crate::workbook::{CHOICES, RawSheet};

/// The codes that may be chosen on the day, of every list that the form holds.
pub(super) fn sheet(
    asking: &Asking<'_>,
    languages: &Spoken,
    holds: &dyn Fn(&str) -> bool,
) -> RawSheet {
    let lists: Vec<&CodeList> = asking.lists.values().map(|list| &**list).collect();
    let lists = || lists.iter().filter(|list| holds(list.name.as_str())).copied();
    let codes = lists().flat_map(CodeList::codes);
    let labels: BTreeSet<&str> =
        codes.flat_map(|code| code.labels.iter().map(|(language, _)| language)).collect();
    let schemes: BTreeSet<&str> = lists().flat_map(CodeList::schemes).collect();
    let mut header = vec!["list_name".to_owned(), "name".to_owned()];
    header.extend(labels.iter().map(|code| format!("label::{}", languages.written(code))));
    header.extend(schemes.iter().map(|scheme| (*scheme).to_owned()));
    header.push("parent".to_owned());
    let rows = lists().flat_map(|list| {
        let offered = list.codes().iter().filter(|code| code.holds_on(asking.day));
        offered.map(|code| row(list, code, (&labels, &schemes)))
    });
    let rows = (1..).zip(std::iter::once(header).chain(rows)).collect();
    RawSheet { name: CHOICES.to_owned(), rows }
}

fn row(
    list: &CodeList,
    code: &Code,
    (labels, schemes): (&BTreeSet<&str>, &BTreeSet<&str>),
) -> Vec<String> {
    let mut cells = vec![list.name.to_string(), code.code.clone()];
    // A client shows nothing for a code without a label.
    let text = |language: &&str| code.labels.get(language).unwrap_or(&code.code).to_owned();
    cells.extend(labels.iter().map(text));
    let theirs = |scheme: &&str| code.crosswalks.get(*scheme).map(|codes| codes.join(";"));
    cells.extend(schemes.iter().map(|scheme| theirs(scheme).unwrap_or_default()));
    cells.push(code.parent.clone().unwrap_or_default());
    cells
}

/// A list as the file that `pulldata('LIST', ..)` looks into, with the cells that the check of answers
/// finds there.
pub(super) fn file(list: &CodeList, day: Date) -> String {
    let offered = list.codes().iter().filter(|code| code.holds_on(day));
    let items: Vec<BTreeMap<&str, Cow<'_, str>>> =
        offered.map(|code| cells(code).into_iter().collect()).collect();
    let columns: BTreeSet<&str> = items.iter().flat_map(BTreeMap::keys).copied().collect();
    let line = |cells: Vec<&str>| {
        let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        quoted.collect::<Vec<_>>().join(",") + "\r\n"
    };
    let cell = |item: &'_ BTreeMap<&str, Cow<'_, str>>, column: &str| {
        item.get(column).map(ToString::to_string).unwrap_or_default()
    };
    let header = line(columns.iter().copied().collect());
    let rows = items.iter().map(|item| {
        let cells: Vec<String> = columns.iter().map(|column| cell(item, column)).collect();
        line(cells.iter().map(String::as_str).collect())
    });
    std::iter::once(header).chain(rows).collect()
}
