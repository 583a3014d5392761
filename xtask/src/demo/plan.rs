//! What a pack's demo loads and asks: `demo/demo.toml` beside the data.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value as Json;
use toml::{Table, Value};

/// Rows of an answer when the plan does not say.
const LIMIT: u64 = 10;

/// A demo.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The pack's folder name.
    pub(crate) pack: String,
    /// The resolution whose tasks are shown.
    pub(crate) mandate: u64,
    /// Two resolutions that are compared.
    pub(crate) compare: Option<(u64, u64)>,
    /// The day up to which the pack's exercise is loaded, in the place of its files: it brings them in itself.
    pub(crate) exercise: Option<u64>,
    /// What is loaded, in order.
    pub(crate) imports: Vec<Import>,
    /// What is asked, in order.
    pub(crate) questions: Vec<Question>,
    /// The record whose history is shown.
    pub(crate) history: Option<History>,
}

/// A data file and where it goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) register: String,
    pub(crate) mapping: String,
    /// From the root of the workspace.
    pub(crate) file: String,
}

/// A sum by area.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) title: String,
    pub(crate) register: String,
    pub(crate) filter: String,
    pub(crate) sum: String,
    pub(crate) by: String,
    pub(crate) limit: u64,
}

/// The first record that answers a filter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) register: String,
    pub(crate) filter: String,
}

impl Plan {
    /// The plan of the pack of this name.
    pub(crate) fn read(root: &Path, pack: &str) -> anyhow::Result<Self> {
        if !root.join("packs").join(pack).join("pack.toml").is_file() {
            bail!("there is no pack `{pack}` under packs/");
        }
        let folder = format!("packs/{pack}/demo");
        let file = format!("{folder}/demo.toml");
        let text =
            fs::read_to_string(root.join(&file)).with_context(|| format!("cannot read {file}"))?;
        Self::parse(pack, &folder, &text).with_context(|| format!("in {file}"))
    }

    fn parse(pack: &str, folder: &str, text: &str) -> anyhow::Result<Self> {
        let table: Table = text.parse()?;
        Ok(Self {
            pack: pack.to_owned(),
            mandate: number(table.get("mandate").context("`mandate` is missing")?, "mandate")?,
            compare: pair(&table, "compare")?,
            exercise: table.get("exercise").map(|day| number(day, "exercise")).transpose()?,
            imports: each(&table, "import", |import| Import::parse(folder, import))?,
            questions: each(&table, "question", Question::parse)?,
            history: table
                .get("history")
                .and_then(Value::as_table)
                .map(History::parse)
                .transpose()?,
        })
    }
}

impl Import {
    fn parse(folder: &str, table: &Table) -> anyhow::Result<Self> {
        let file = format!("{folder}/{}", text(table, "file")?);
        Ok(Self { register: text(table, "register")?, mapping: text(table, "mapping")?, file })
    }
}

impl Question {
    fn parse(table: &Table) -> anyhow::Result<Self> {
        Ok(Self {
            title: text(table, "title")?,
            register: text(table, "register")?,
            filter: text(table, "filter")?,
            sum: text(table, "sum")?,
            by: text(table, "by")?,
            limit: table.get("limit").map_or(Ok(LIMIT), |limit| number(limit, "limit"))?,
        })
    }
}

impl History {
    fn parse(table: &Table) -> anyhow::Result<Self> {
        Ok(Self { register: text(table, "register")?, filter: text(table, "filter")? })
    }
}

/// The first record id in what `casque query --json` printed: one document, or one per line.
pub(crate) fn first_id(printed: &str) -> Option<String> {
    let documents = serde_json::Deserializer::from_str(printed).into_iter::<Json>();
    documents.map_while(Result::ok).find_map(|document| id_in(&document))
}

fn id_in(document: &Json) -> Option<String> {
    match document {
        Json::Object(object) => match object.get("id") {
            Some(Json::String(id)) => Some(id.clone()),
            _ => object.values().find_map(id_in),
        },
        Json::Array(array) => array.iter().find_map(id_in),
        _ => None,
    }
}

fn each<T>(
    table: &Table,
    key: &str,
    parse: impl Fn(&Table) -> anyhow::Result<T>,
) -> anyhow::Result<Vec<T>> {
    let tables = list(table, key).into_iter().filter_map(|value| value.as_table().cloned());
    tables.map(|inner| parse(&inner).with_context(|| format!("in [[{key}]]"))).collect()
}

fn pair(table: &Table, key: &str) -> anyhow::Result<Option<(u64, u64)>> {
    match list(table, key).as_slice() {
        [] => Ok(None),
        [first, second] => Ok(Some((number(first, key)?, number(second, key)?))),
        _ => bail!("`{key}` takes two numbers"),
    }
}

fn list(table: &Table, key: &str) -> Vec<Value> {
    table.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn text(table: &Table, key: &str) -> anyhow::Result<String> {
    let text = table.get(key).and_then(Value::as_str);
    Ok(text.with_context(|| format!("`{key}` is missing"))?.to_owned())
}

fn number(value: &Value, key: &str) -> anyhow::Result<u64> {
    let number = value.as_integer().and_then(|number| u64::try_from(number).ok());
    number.with_context(|| format!("`{key}` takes a number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        mandate = 2364
        compare = [2164, 2364]
        [[import]]
        register = "incident"
        mapping = "ucdp"
        file = "events.csv"
        [[question]]
        title = "Worst"
        register = "incident"
        filter = "deaths_best > 0"
        sum = "deaths_best"
        by = "admin2"
        [history]
        register = "incident"
        filter = "deaths_best > 100"
    "#;

    #[test]
    fn a_whole_plan_is_read() {
        let plan = Plan::parse("minusma", "packs/minusma/demo", WHOLE).unwrap();
        assert_eq!((plan.mandate, plan.compare), (2364, Some((2164, 2364))));
        assert_eq!(plan.imports[0].file, "packs/minusma/demo/events.csv");
        assert_eq!((plan.questions[0].by.as_str(), plan.questions[0].limit), ("admin2", LIMIT));
        assert_eq!(plan.history.unwrap().filter, "deaths_best > 100");
    }

    #[test]
    fn a_broken_plan_says_what_is_missing() {
        let told =
            |text: &str| format!("{:#}", Plan::parse("p", "packs/minusma/demo", text).unwrap_err());
        assert_eq!(told(""), "`mandate` is missing");
        assert_eq!(
            told("mandate = 1\n[[import]]\nregister = 'a'"),
            "in [[import]]: `file` is missing"
        );
        assert_eq!(told("mandate = 1\ncompare = [1]"), "`compare` takes two numbers");
    }

    #[test]
    fn the_id_is_found_in_a_document_and_in_lines() {
        assert_eq!(
            first_id(r#"{"count":1,"records":[{"id":"01A","values":{}}]}"#).as_deref(),
            Some("01A")
        );
        assert_eq!(first_id("{\"id\":\"01B\"}\n{\"id\":\"01C\"}\n").as_deref(), Some("01B"));
        assert_eq!(first_id("[]"), None);
    }
}
