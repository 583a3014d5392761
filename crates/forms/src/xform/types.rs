//! The types of questions: what a form client shows for each, and what it stores.

/// What a form client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// Nothing.
    None,
    /// Something is done, nothing shown.
    Action,
    Input,
    SelectOne,
    SelectMany,
    Rank,
    Trigger,
    Range,
    /// Files of this kind.
    Upload(&'static str),
}

impl Control {
    /// The element of the body.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::None | Self::Action => "",
            Self::Input => "input",
            Self::SelectOne => "select1",
            Self::SelectMany => "select",
            Self::Rank => "odk:rank",
            Self::Trigger => "trigger",
            Self::Range => "range",
            Self::Upload(_) => "upload",
        }
    }

    /// Whether people choose.
    pub(super) const fn chooses(self) -> bool {
        matches!(self, Self::SelectOne | Self::SelectMany | Self::Rank)
    }
}

/// A type of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuestionType {
    pub(super) control: Control,
    /// What its `bind` says; a type without any has none.
    pub(super) bind: &'static [(&'static str, &'static str)],
    /// The hint where the sheet has none.
    pub(super) hint: Option<&'static str>,
}

/// Whether a client shows anything for a question of this type.
pub(crate) fn is_shown(word: &str) -> bool {
    let is_silent =
        |question: QuestionType| matches!(question.control, Control::None | Control::Action);
    super::asked(word).is_some()
        || of(newer_word(word)).is_some_and(|question| !is_silent(question))
}

/// The newer word for a type.
pub(crate) fn newer_word(word: &str) -> &str {
    match word {
        "imei" => "deviceid",
        "image" | "add image prompt" | "add photo prompt" => "photo",
        "add audio prompt" => "audio",
        "add video prompt" => "video",
        "add file prompt" => "file",
        other => other,
    }
}

/// Every word for a type that people may write, for the nearest one to a slip.
pub(super) const WORDS: [&str; 44] = [
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "datetime",
    "note",
    "select_one",
    "select_multiple",
    "rank",
    "geopoint",
    "geotrace",
    "geoshape",
    "image",
    "photo",
    "audio",
    "video",
    "file",
    "barcode",
    "calculate",
    "hidden",
    "acknowledge",
    "trigger",
    "range",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "email",
    "audit",
    "start-geopoint",
    "background-geopoint",
    "background-audio",
    "select_one_from_file",
    "select_multiple_from_file",
    "csv-external",
    "xml-external",
    "string",
];

const STRING: &[(&str, &str)] = &[("type", "string")];
const BINARY: &[(&str, &str)] = &[("type", "binary")];
const NOTE: &[(&str, &str)] = &[("readonly", "true()"), ("type", "string")];
const DATE_TIME: &[(&str, &str)] = &[("type", "dateTime")];
const START: &[(&str, &str)] =
    &[("jr:preload", "timestamp"), ("type", "dateTime"), ("jr:preloadParams", "start")];
const END: &[(&str, &str)] =
    &[("jr:preload", "timestamp"), ("type", "dateTime"), ("jr:preloadParams", "end")];
const TODAY: &[(&str, &str)] =
    &[("jr:preload", "date"), ("type", "date"), ("jr:preloadParams", "today")];

/// The bind of a property of the device or of who uses it.
macro_rules! property {
    ($name:literal) => {
        &[("jr:preload", "property"), ("type", "string"), ("jr:preloadParams", $name)]
    };
}

/// The word that sheets have today for a type without a list; nothing where there is none.
pub(crate) fn plain_word(word: &str) -> Option<&'static str> {
    const INPUTS: [&str; 8] =
        ["decimal", "date", "time", "geopoint", "geotrace", "geoshape", "barcode", "int"];
    const UNSEEN: [&str; 9] = [
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "calculate",
        "audit",
    ];
    const ACTIONS: [&str; 3] = ["start-geopoint", "background-geopoint", "background-audio"];
    if let Some(action) = ACTIONS.into_iter().find(|action| *action == word) {
        return Some(action);
    }
    let question = of(word)?;
    let bound = |name: &str| question.bind.iter().find(|(known, _)| *known == name);
    let kind = bound("type").map_or("", |(_, kind)| *kind);
    let input = INPUTS.into_iter().find(|known| *known == kind);
    let preloaded = bound("jr:preloadParams").map_or(word, |(_, name)| *name);
    Some(match question.control {
        Control::Input if kind == "int" => "integer",
        Control::Input if kind == "dateTime" => "datetime",
        Control::Input if bound("readonly").is_some() => "note",
        Control::Input => input.unwrap_or("text"),
        Control::Upload("image/*") => "image",
        Control::Upload("audio/*") => "audio",
        Control::Upload("video/*") => "video",
        Control::Upload("application/*") => "file",
        Control::Trigger => "acknowledge",
        Control::Range => "range",
        Control::None => UNSEEN.into_iter().find(|known| *known == preloaded).unwrap_or("hidden"),
        _ => return None,
    })
}

/// The type that a word means, without its argument.
pub(super) fn of(word: &str) -> Option<QuestionType> {
    shown(word).or_else(|| chosen(word)).or_else(|| unseen(word)).or_else(|| counted(word))
}

/// Types that people fill in or look at.
fn shown(word: &str) -> Option<QuestionType> {
    let (control, bind): (Control, &'static [_]) = match word {
        "text" | "string" | "q string" | "add text prompt" => (Control::Input, STRING),
        "note" | "q note" | "add note prompt" => (Control::Input, NOTE),
        "integer" | "int" | "q int" | "add integer prompt" => (Control::Input, &[("type", "int")]),
        "decimal" | "q decimal" | "add decimal prompt" => (Control::Input, &[("type", "decimal")]),
        "date" | "q date" | "add date prompt" => (Control::Input, &[("type", "date")]),
        "time" => (Control::Input, &[("type", "time")]),
        "datetime"
        | "dateTime"
        | "date time"
        | "q date time"
        | "q dateTime"
        | "add date time prompt"
        | "add dateTime prompt" => (Control::Input, DATE_TIME),
        "geopoint" | "q geopoint" | "location" | "q location" | "gps" | "add location prompt" => {
            (Control::Input, &[("type", "geopoint")])
        }
        "geoshape" | "q geoshape" => (Control::Input, &[("type", "geoshape")]),
        "geotrace" | "q geotrace" => (Control::Input, &[("type", "geotrace")]),
        "barcode" | "q barcode" | "add barcode prompt" => (Control::Input, &[("type", "barcode")]),
        "photo" | "image" | "q picture" | "q image" => (Control::Upload("image/*"), BINARY),
        "audio" | "q audio" => (Control::Upload("audio/*"), BINARY),
        "video" | "q video" => (Control::Upload("video/*"), BINARY),
        "file" => (Control::Upload("application/*"), BINARY),
        "osm" => (Control::Upload("osm/*"), BINARY),
        "acknowledge" | "q acknowledge" | "add acknowledge prompt" => (Control::Trigger, STRING),
        "trigger" => (Control::Trigger, &[]),
        "background-geopoint" => (Control::Trigger, &[("type", "geopoint")]),
        "range" => (Control::Range, &[("type", "int")]),
        _ => return None,
    };
    Some(QuestionType { control, bind, hint: None })
}

/// Types whose answers are chosen from a list, as they are called once their argument is off.
fn chosen(word: &str) -> Option<QuestionType> {
    let (control, bind): (Control, &'static [_]) = match word {
        "select one" | "select one using" | "q select1" => (Control::SelectOne, STRING),
        "select all that apply" | "select multiple from" | "select multiple using" | "q select" => {
            (Control::SelectMany, STRING)
        }
        "select one external" => (Control::Input, STRING),
        "rank" => (Control::Rank, &[("type", "odk:rank")]),
        _ => return None,
    };
    Some(QuestionType { control, bind, hint: None })
}

/// Types that fill themselves.
fn unseen(word: &str) -> Option<QuestionType> {
    let (control, bind): (Control, &'static [_]) = match word {
        "calculate" | "q calculate" | "add calculate prompt" | "hidden" => (Control::None, STRING),
        "start" | "start time" | "get start time" => (Control::None, START),
        "end" | "end time" | "get end time" => (Control::None, END),
        "today" | "get today" => (Control::None, TODAY),
        "phonenumber" | "get phone number" => (Control::None, property!("phonenumber")),
        "simserial" | "sim id" | "get sim id" => (Control::None, property!("simserial")),
        "subscriberid" | "subscriber id" | "get subscriber id" => {
            (Control::None, property!("subscriberid"))
        }
        "deviceid" | "device id" | "get device id" => (Control::None, property!("deviceid")),
        "username" => (Control::None, property!("username")),
        "email" => (Control::None, property!("email")),
        "uri:subscriberid" => (Control::None, property!("uri:subscriberid")),
        "uri:phonenumber" => (Control::None, property!("uri:phonenumber")),
        "uri:simserial" => (Control::None, property!("uri:simserial")),
        "uri:deviceid" => (Control::None, property!("uri:deviceid")),
        "uri:username" => (Control::None, property!("uri:username")),
        "uri:email" => (Control::None, property!("uri:email")),
        "audit" => (Control::None, BINARY),
        "start-geopoint" => (Control::Action, &[("type", "geopoint")]),
        "background-audio" => (Control::Action, BINARY),
        _ => return None,
    };
    Some(QuestionType { control, bind, hint: None })
}

/// Whole numbers with bounds of their own.
fn counted(word: &str) -> Option<QuestionType> {
    let (bind, hint): (&'static [_], _) = match word {
        "percentage" => (&[("type", "int"), ("constraint", "0 <= . and . <= 100")], None),
        "number of days in last month" => {
            (&[("type", "int"), ("constraint", "0 <= . and . <= 31")], Some("Enter a number 0-31."))
        }
        "number of days in last six months" => (
            &[("type", "int"), ("constraint", "0 <= . and . <= 183")],
            Some("Enter a number 0-183."),
        ),
        "number of days in last year" => (
            &[("type", "int"), ("constraint", "0 <= . and . <= 365")],
            Some("Enter a number 0-365."),
        ),
        "phone number" => (
            &[("type", "string"), ("constraint", "regex(., '^\\d*$')")],
            Some("Enter numbers only."),
        ),
        _ => return None,
    };
    Some(QuestionType { control: Control::Input, bind, hint })
}
