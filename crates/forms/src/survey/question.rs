//! What an `XLSForm`'s `type` cell asks for.

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;

/// A row of a survey, by its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// A field.
    Field {
        kind: FieldType,
        word: &'static str,
        list: Option<Name>,
        register: Option<Name>,
    },
    /// Words only.
    Note,
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
}

/// Types that make a field and take no argument, with the other words `XLSForm` has for them.
const PLAIN: [(&str, FieldType); 39] = [
    ("text", FieldType::Text),
    ("string", FieldType::Text),
    ("barcode", FieldType::Text),
    ("calculate", FieldType::Text),
    ("hidden", FieldType::Text),
    ("username", FieldType::Text),
    ("deviceid", FieldType::Text),
    ("phonenumber", FieldType::Text),
    ("email", FieldType::Text),
    ("integer", FieldType::Integer),
    ("int", FieldType::Integer),
    ("decimal", FieldType::Decimal),
    ("acknowledge", FieldType::Boolean),
    ("trigger", FieldType::Boolean),
    ("date", FieldType::Date),
    ("today", FieldType::Date),
    ("datetime", FieldType::Time),
    ("dateTime", FieldType::Time),
    ("start", FieldType::Time),
    ("end", FieldType::Time),
    ("geopoint", FieldType::Point),
    ("location", FieldType::Point),
    ("gps", FieldType::Point),
    ("geotrace", FieldType::Line),
    ("geoshape", FieldType::Area),
    ("image", FieldType::Blob),
    ("photo", FieldType::Blob),
    ("audio", FieldType::Blob),
    ("video", FieldType::Blob),
    ("file", FieldType::Blob),
    ("select_one", FieldType::Code),
    ("select_multiple", FieldType::Codes),
    ("record", FieldType::Record),
    ("time", FieldType::Text),
    ("rank", FieldType::Text),
    ("range", FieldType::Decimal),
    ("start-geopoint", FieldType::Point),
    ("background-geopoint", FieldType::Point),
    ("background-audio", FieldType::Blob),
];

/// Types that `XLSForm` has and a register does not.
const UNSUPPORTED: [&str; 5] = [
    "select_one_from_file",
    "select_multiple_from_file",
    "select_one_external",
    "csv-external",
    "xml-external",
];

/// Types written as two words, and their one-word form.
const TWO_WORDS: [(&str, &str); 8] = [
    ("begin group", "begin_group"),
    ("end group", "end_group"),
    ("begin repeat", "begin_repeat"),
    ("end repeat", "end_repeat"),
    ("select one", "select_one"),
    ("select multiple", "select_multiple"),
    ("phone number", "phonenumber"),
    ("date time", "datetime"),
];

/// Reads a `type` cell.
pub(super) fn read(text: &str) -> Result<Question, Finding> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = one_word(&text);
    let (word, argument) = text.split_once(' ').unwrap_or((&text, ""));
    match word {
        // What a client notes of its own is no answer.
        "note" | "audit" => Ok(Question::Note),
        "begin_group" => Ok(Question::BeginGroup),
        "end_group" => Ok(Question::EndGroup),
        "begin_repeat" => Ok(Question::BeginRepeat),
        "end_repeat" => Ok(Question::EndRepeat),
        word if UNSUPPORTED.contains(&word) => {
            Err(Finding::error("form-type-unsupported").with("type", word))
        }
        word => match PLAIN.iter().find(|(known, _kind)| *known == word) {
            Some((word, kind)) => field(word, *kind, argument),
            None => Err(unknown(word)),
        },
    }
}

fn one_word(text: &str) -> String {
    for (two, one) in TWO_WORDS {
        if let Some(rest) = text.strip_prefix(two)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            return format!("{one}{rest}");
        }
    }
    text.to_owned()
}

fn unknown(word: &str) -> Finding {
    let groups = ["note", "begin_group", "end_group", "begin_repeat", "end_repeat"];
    let known = PLAIN.iter().map(|(known, _kind)| *known).chain(groups);
    let near = suggestion(word, known);
    Finding::error("form-type-unknown").with("type", word).with("nearest", near)
}

fn field(word: &'static str, kind: FieldType, argument: &str) -> Result<Question, Finding> {
    let takes_name =
        word == "rank" || matches!(kind, FieldType::Code | FieldType::Codes | FieldType::Record);
    if !takes_name {
        return match argument {
            "" => Ok(Question::Field { kind, word, list: None, register: None }),
            more => {
                Err(Finding::error("form-type-argument").with("type", word).with("argument", more))
            }
        };
    }
    if argument.ends_with(" or_other") {
        let finding = Finding::error("form-type-unsupported");
        return Err(finding.with("type", format!("{word} {argument}")));
    }
    let named = Name::new(argument).map_err(|_no_name| {
        Finding::error("form-type-argument").with("type", word).with("argument", argument)
    })?;
    let (list, register) = match kind {
        FieldType::Record => (None, Some(named)),
        _ => (Some(named), None),
    };
    Ok(Question::Field { kind, word, list, register })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<FieldType> {
        match read(text) {
            Ok(Question::Field { kind, .. }) => Some(kind),
            _ => None,
        }
    }

    #[test]
    fn synonyms_and_blanks_mean_the_same_type() {
        assert_eq!(kind("  select   one  side "), Some(FieldType::Code));
        assert_eq!(read("select_one side"), read("select one side"));
        assert_eq!(kind("dateTime"), kind("datetime"));
        assert_eq!(kind("location"), Some(FieldType::Point));
        assert_eq!(read("begin group"), Ok(Question::BeginGroup));
        assert_eq!(read("begin repeat"), Ok(Question::BeginRepeat));
        assert_eq!(read("end_repeat"), Ok(Question::EndRepeat));
        assert_eq!(read("note"), Ok(Question::Note));
    }

    #[test]
    fn lists_and_registers_are_taken_from_the_argument() {
        let name = |text| Some(Name::new(text).expect("a name"));
        let Ok(Question::Field { list, register, .. }) = read("select_multiple actor-type") else {
            panic!("a field")
        };
        assert_eq!((list, register), (name("actor-type"), None));
        let Ok(Question::Field { kind, list, register, .. }) = read("record site") else {
            panic!("a field")
        };
        assert_eq!((kind, list, register), (FieldType::Record, None, name("site")));
    }

    #[test]
    fn what_is_no_type_is_said_exactly() {
        let said = |text| read(text).expect_err(text).to_string();
        assert_eq!(said("interger"), "form-type-unknown type=interger nearest=integer");
        assert_eq!(said("csv-external"), "form-type-unsupported type=csv-external");
        assert_eq!(
            said("select_one side or_other"),
            "form-type-unsupported type=select_one side or_other"
        );
        assert_eq!(said("select_one"), "form-type-argument type=select_one argument=");
        assert_eq!(said("text long"), "form-type-argument type=text argument=long");
    }
}
