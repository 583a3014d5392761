//! The settings of a register that was a form: what is its time, its place, its title.

use super::survey::Made;

/// The most columns of a list.
const COLUMNS_MAX: usize = 6;
/// The most fields that a search looks in.
const SEARCHED_MAX: usize = 12;

/// What suits the fields; a key of the settings and a name, or several apart by commas.
pub(super) fn decide(fields: &[Made]) -> Vec<(&'static str, String)> {
    let first = |words: &[&str]| {
        let mut found = words
            .iter()
            .filter_map(|word| fields.iter().find(|field| field.is_top && field.word == *word));
        found.next().map(|field| field.name.clone())
    };
    let all = |words: &[&str], max: usize| -> Vec<String> {
        let found = fields.iter().filter(|field| field.is_top && words.contains(&&*field.word));
        found.take(max).map(|field| field.name.clone()).collect()
    };
    let time = first(&["datetime", "date", "start", "today", "end"]);
    let place = first(&["geopoint", "start-geopoint"]);
    let title = first(&["text", "barcode", "calculate"]);
    let searched = all(&["text", "barcode"], SEARCHED_MAX);
    let mut columns: Vec<String> = time.iter().chain(&title).cloned().collect();
    columns.extend(all(&["select_one", "integer", "decimal"], COLUMNS_MAX));
    columns.truncate(COLUMNS_MAX);
    let one = |name: Option<String>| name.unwrap_or_default();
    let decided = [
        ("time_field", one(time)),
        ("place_field", one(place)),
        ("title_field", one(title)),
        ("search_fields", searched.join(", ")),
        ("list_columns", columns.join(", ")),
    ];
    decided.into_iter().filter(|(_key, value)| !value.is_empty()).collect()
}

/// The settings as a file.
pub(super) fn write(
    title: &str,
    languages: &[String],
    decided: &[(&'static str, String)],
) -> String {
    let titles: Vec<String> =
        languages.iter().map(|language| format!("{language} = {}", quoted(title))).collect();
    let mut text = format!("title = {{ {} }}\n", titles.join(", "));
    for (key, value) in decided {
        let value = if key.ends_with("_field") {
            quoted(value)
        } else {
            let names: Vec<String> = value.split(", ").map(quoted).collect();
            format!("[{}]", names.join(", "))
        };
        text.push_str(key);
        text.push_str(" = ");
        text.push_str(&value);
        text.push('\n');
    }
    text
}

/// A text in quotation marks, as TOML has it.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
