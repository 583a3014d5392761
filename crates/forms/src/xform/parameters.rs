//! The `parameters` of a question: what it may be told, and where that goes.

use model::decimal::Decimal;

use super::choices::Choices;
use super::scan;
use super::tree::{Action, Element};
use crate::workbook::{Cell, yes_or_no};

/// What is wrong with a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none of this type's; those are.
    Unknown(String, &'static [&'static str]),
    /// Its value is none it can have.
    Value(String, String),
    /// The whole cell is no list of `name=value`.
    Unreadable,
}

/// Names and values, in the order of the cell.
pub(super) type Parameters = Vec<(String, String)>;

/// Reads a cell: `name=value`, apart by blanks, commas or semicolons.
pub(super) fn read(text: &str) -> Result<Parameters, Fault> {
    let spaced = text.replace('=', " = ");
    let mut words = spaced.split(|c: char| c.is_whitespace() || ",;".contains(c));
    let mut words = words.by_ref().filter(|word| !word.is_empty());
    let mut read: Parameters = Vec::new();
    while let Some(name) = words.next() {
        let (Some("="), Some(value)) = (words.next(), words.next()) else {
            return Err(Fault::Unreadable);
        };
        if name == "=" || value == "=" {
            return Err(Fault::Unreadable);
        }
        let name = name.to_lowercase();
        let keeps_case = ["label", "value"].contains(&name.as_str());
        let value = if keeps_case { value.to_owned() } else { value.to_lowercase() };
        read.retain(|(known, _)| *known != name);
        read.push((name, value));
    }
    Ok(read)
}

const OF_TEXT: &[&str] = &["rows"];
const OF_PHOTO: &[&str] = &["app", "max-pixels"];
const OF_AUDIO: &[&str] = &["quality"];
const OF_AREA: &[&str] = &["allow-mock-accuracy", "incremental", "reference-geometry"];
const OF_POINT: &[&str] =
    &["allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"];
const OF_SELECT: &[&str] = &["randomize", "seed"];
const OF_FILE: &[&str] = &["label", "randomize", "seed", "value"];
const OF_RANGE: &[&str] =
    &["end", "placeholder", "start", "step", "tick_interval", "tick_labelset"];
const OF_AUDIT: &[&str] = &[
    "identify-user",
    "location-max-age",
    "location-min-interval",
    "location-priority",
    "track-changes",
    "track-changes-reasons",
];

/// Puts the parameters of a question where they belong.
pub(super) fn apply(
    element: &mut Element,
    parameters: &Parameters,
    choices: &Choices,
) -> Result<(), Fault> {
    match element.word.as_str() {
        "text" => text(element, parameters),
        "photo" => photo(element, parameters),
        "audio" => audio(element, parameters),
        "background-audio" => background_audio(element, parameters),
        "geopoint" => point(element, parameters),
        "geoshape" | "geotrace" => area(element, parameters),
        "range" => range(element, parameters, choices),
        "audit" => audit(element, parameters),
        _ => Ok(()),
    }
}

/// Checks the parameters of a question that is chosen from a list or a file.
pub(super) fn check_select(parameters: &Parameters, is_file: bool) -> Result<(), Fault> {
    only(parameters, if is_file { OF_FILE } else { OF_SELECT })?;
    for name in ["value", "label"] {
        demand(parameters, name, scan::is_tag)?;
    }
    demand(parameters, "randomize", |value| ["true", "false"].contains(&value))?;
    let Some(seed) = get(parameters, "seed") else { return Ok(()) };
    let is_reference = scan::references(seed).next().is_some_and(|found| found.end == seed.len());
    let is_number = seed.parse::<f64>().is_ok();
    if get(parameters, "randomize").is_none() || !(is_reference || is_number) {
        return Err(Fault::Value("seed".to_owned(), seed.to_owned()));
    }
    Ok(())
}

fn get<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn only(parameters: &Parameters, known: &'static [&'static str]) -> Result<(), Fault> {
    match parameters.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(Fault::Unknown(name.clone(), known)),
        None => Ok(()),
    }
}

fn demand(parameters: &Parameters, name: &str, fits: impl Fn(&str) -> bool) -> Result<(), Fault> {
    match get(parameters, name).filter(|value| !fits(value)) {
        Some(value) => Err(Fault::Value(name.to_owned(), value.to_owned())),
        None => Ok(()),
    }
}

fn is_whole(text: &str) -> bool {
    text.parse::<i64>().is_ok()
}

fn text(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_TEXT)?;
    demand(parameters, "rows", is_whole)?;
    if let Some(rows) = get(parameters, "rows") {
        element.control_with("rows", rows);
    }
    Ok(())
}

fn photo(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_PHOTO)?;
    demand(parameters, "max-pixels", is_whole)?;
    if let Some(pixels) = get(parameters, "max-pixels") {
        element.bind_to("orx:max-pixels", Cell::Text(pixels.to_owned()));
    }
    let is_package = |name: &str| {
        let part = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
        name.contains('.') && name.split('.').all(part)
    };
    let opens = element.controlled("appearance").is_none_or(|appearance| appearance == "annotate");
    if let Some(app) = get(parameters, "app").filter(|_| opens) {
        demand(parameters, "app", is_package)?;
        element.control_with("intent", app);
    }
    if let Some(default) = element.default.as_mut().filter(|text| !text.contains("jr://images/")) {
        *default = format!("jr://images/{default}");
    }
    Ok(())
}

const QUALITIES: [&str; 4] = ["voice-only", "low", "normal", "external"];

fn audio(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_AUDIO)?;
    demand(parameters, "quality", |value| QUALITIES.contains(&value))?;
    if let Some(quality) = get(parameters, "quality") {
        element.bind_to("odk:quality", Cell::Text(quality.to_owned()));
    }
    Ok(())
}

fn background_audio(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_AUDIO)?;
    demand(parameters, "quality", |value| value != "external" && QUALITIES.contains(&value))?;
    let quality = get(parameters, "quality").map(str::to_owned);
    let (name, event) = ("odk:recordaudio", "odk-instance-load");
    element.actions.push(Action { name, event, quality });
    Ok(())
}

fn point(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_POINT)?;
    let accuracies = [
        ("capture-accuracy", "accuracyThreshold"),
        ("warning-accuracy", "unacceptableAccuracyThreshold"),
    ];
    for (name, attribute) in accuracies {
        demand(parameters, name, |value| value.parse::<f64>().is_ok())?;
        if let Some(metres) = get(parameters, name) {
            element.control_with(attribute, metres);
        }
    }
    shared_of_places(element, parameters)
}

fn area(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_AREA)?;
    demand(parameters, "incremental", |value| yes_or_no(value) == Some(true))?;
    if get(parameters, "incremental").is_some() {
        element.control_with("incremental", "true");
    }
    shared_of_places(element, parameters)
}

fn shared_of_places(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    demand(parameters, "allow-mock-accuracy", |value| ["true", "false"].contains(&value))?;
    if let Some(allowed) = get(parameters, "allow-mock-accuracy") {
        element.bind_to("odk:allow-mock-accuracy", Cell::Text(allowed.to_owned()));
    }
    element.itemset = get(parameters, "reference-geometry").map(str::to_owned);
    Ok(())
}

fn range(element: &mut Element, parameters: &Parameters, choices: &Choices) -> Result<(), Fault> {
    only(parameters, OF_RANGE)?;
    let fault = |name: &str| {
        let value = get(parameters, name).unwrap_or_default();
        Fault::Value(name.to_owned(), value.to_owned())
    };
    let number = |name: &str| match get(parameters, name) {
        Some(text) => text.parse::<Decimal>().map(Some).map_err(|_no_number| fault(name)),
        None => Ok(None),
    };
    let mut is_broken = false;
    for (name, usual) in [("start", "1"), ("end", "10"), ("step", "1")] {
        let found = number(name)?;
        is_broken |= found.is_some_and(|found| found.to_string().contains('.'));
        element.control_with(name, get(parameters, name).unwrap_or(usual));
    }
    if number("step")?.is_some_and(|step| step.to_string() == "0") {
        return Err(fault("step"));
    }
    for name in ["tick_interval", "placeholder"] {
        let Some(found) = number(name)? else { continue };
        is_broken |= found.to_string().contains('.');
        let attribute = if name == "placeholder" { "odk:placeholder" } else { "odk:tick-interval" };
        element.control_with(attribute, get(parameters, name).unwrap_or_default());
    }
    if is_broken {
        element.bind_to("type", Cell::Text("decimal".to_owned()));
    }
    if let Some(list) = get(parameters, "tick_labelset") {
        if choices.get(list).is_none() {
            return Err(fault("tick_labelset"));
        }
        element.itemset = Some(list.to_owned());
    }
    Ok(())
}

fn audit(element: &mut Element, parameters: &Parameters) -> Result<(), Fault> {
    only(parameters, OF_AUDIT)?;
    let is_flag = |value: &str| ["true", "false"].contains(&value);
    let priorities = ["no-power", "low-power", "balanced", "high-accuracy"];
    demand(parameters, "track-changes", is_flag)?;
    demand(parameters, "identify-user", is_flag)?;
    demand(parameters, "track-changes-reasons", |value| value == "on-form-edit")?;
    demand(parameters, "location-priority", |value| priorities.contains(&value))?;
    demand(parameters, "location-min-interval", |value| value.parse::<u64>().is_ok())?;
    demand(parameters, "location-max-age", |value| value.parse::<u64>().is_ok())?;
    let located: Vec<&&str> =
        OF_AUDIT.iter().filter(|name| name.starts_with("location-")).collect();
    let given = located.iter().filter(|name| get(parameters, name).is_some()).count();
    if let Some(missing) = located.iter().find(|name| get(parameters, name).is_none())
        && given > 0
    {
        return Err(Fault::Value((**missing).to_string(), String::new()));
    }
    for (name, value) in parameters {
        element.bind_to(&format!("odk:{name}"), Cell::Text(value.clone()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_apart_by_blanks_commas_or_semicolons() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = vec![pair("start", "1"), pair("label", "Nom"), pair("step", "0.5")];
        assert_eq!(read("Start=1; label=Nom,STEP = 0.5"), Ok(expected));
        assert_eq!(read("  "), Ok(Vec::new()));
        for unreadable in ["start", "start=", "=1", "a=b=c"] {
            assert_eq!(read(unreadable), Err(Fault::Unreadable), "{unreadable}");
        }
    }
}
