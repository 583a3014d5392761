//! The functions expressions may call, and how many arguments each takes.

/// A function of ODK's XPath.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Function {
    Abs,
    Acos,
    Area,
    Asin,
    Atan,
    Atan2,
    Boolean,
    BooleanFromString,
    Ceiling,
    Checklist,
    Coalesce,
    Concat,
    Contains,
    Cos,
    Count,
    CountNonEmpty,
    CountSelected,
    Current,
    Date,
    DateTime,
    DecimalDateTime,
    DecimalTime,
    Distance,
    EndsWith,
    Exp,
    Exp10,
    False,
    Floor,
    FormatDate,
    FormatDateTime,
    Geofence,
    If,
    IndexedRepeat,
    Instance,
    Int,
    Join,
    ChoiceName,
    Last,
    LocalName,
    Log,
    Log10,
    Max,
    Min,
    Name,
    NormalizeSpace,
    Not,
    Now,
    Number,
    Once,
    Pi,
    Position,
    Pow,
    Pulldata,
    Random,
    Regex,
    Round,
    Selected,
    SelectedAt,
    Sin,
    Sqrt,
    StartsWith,
    String,
    StringLength,
    Substr,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Tan,
    Today,
    Translate,
    True,
    Uuid,
    WeightedChecklist,
}

/// A function as authors of forms see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How it is written.
    pub name: &'static str,
    /// The fewest arguments it takes.
    pub least: usize,
    /// The most; nothing where any number will do.
    pub most: Option<usize>,
    pub(crate) function: Function,
}

/// Every function, by name.
pub const FUNCTIONS: [Signature; 74] = [
    signature("abs", 1, Some(1), Function::Abs),
    signature("acos", 1, Some(1), Function::Acos),
    signature("area", 1, Some(1), Function::Area),
    signature("asin", 1, Some(1), Function::Asin),
    signature("atan", 1, Some(1), Function::Atan),
    signature("atan2", 2, Some(2), Function::Atan2),
    signature("boolean", 1, Some(1), Function::Boolean),
    signature("boolean-from-string", 1, Some(1), Function::BooleanFromString),
    signature("ceiling", 1, Some(1), Function::Ceiling),
    signature("checklist", 2, None, Function::Checklist),
    signature("coalesce", 2, Some(2), Function::Coalesce),
    signature("concat", 0, None, Function::Concat),
    signature("contains", 2, Some(2), Function::Contains),
    signature("cos", 1, Some(1), Function::Cos),
    signature("count", 1, Some(1), Function::Count),
    signature("count-non-empty", 1, Some(1), Function::CountNonEmpty),
    signature("count-selected", 1, Some(1), Function::CountSelected),
    signature("current", 0, Some(0), Function::Current),
    signature("date", 1, Some(1), Function::Date),
    signature("date-time", 1, Some(1), Function::DateTime),
    signature("decimal-date-time", 1, Some(1), Function::DecimalDateTime),
    signature("decimal-time", 1, Some(1), Function::DecimalTime),
    signature("distance", 1, None, Function::Distance),
    signature("ends-with", 2, Some(2), Function::EndsWith),
    signature("exp", 1, Some(1), Function::Exp),
    signature("exp10", 1, Some(1), Function::Exp10),
    signature("false", 0, Some(0), Function::False),
    signature("floor", 1, Some(1), Function::Floor),
    signature("format-date", 2, Some(2), Function::FormatDate),
    signature("format-date-time", 2, Some(2), Function::FormatDateTime),
    signature("geofence", 2, Some(2), Function::Geofence),
    signature("if", 3, Some(3), Function::If),
    signature("indexed-repeat", 3, None, Function::IndexedRepeat),
    signature("instance", 1, Some(1), Function::Instance),
    signature("int", 1, Some(1), Function::Int),
    signature("join", 1, None, Function::Join),
    signature("jr:choice-name", 2, Some(2), Function::ChoiceName),
    signature("last", 0, Some(0), Function::Last),
    signature("local-name", 0, Some(1), Function::LocalName),
    signature("log", 1, Some(1), Function::Log),
    signature("log10", 1, Some(1), Function::Log10),
    signature("max", 0, None, Function::Max),
    signature("min", 0, None, Function::Min),
    signature("name", 0, Some(1), Function::Name),
    signature("normalize-space", 0, Some(1), Function::NormalizeSpace),
    signature("not", 1, Some(1), Function::Not),
    signature("now", 0, Some(0), Function::Now),
    signature("number", 0, Some(1), Function::Number),
    signature("once", 1, Some(1), Function::Once),
    signature("pi", 0, Some(0), Function::Pi),
    signature("position", 0, Some(1), Function::Position),
    signature("pow", 2, Some(2), Function::Pow),
    signature("pulldata", 4, Some(4), Function::Pulldata),
    signature("random", 0, Some(0), Function::Random),
    signature("regex", 2, Some(2), Function::Regex),
    signature("round", 1, Some(2), Function::Round),
    signature("selected", 2, Some(2), Function::Selected),
    signature("selected-at", 2, Some(2), Function::SelectedAt),
    signature("sin", 1, Some(1), Function::Sin),
    signature("sqrt", 1, Some(1), Function::Sqrt),
    signature("starts-with", 2, Some(2), Function::StartsWith),
    signature("string", 0, Some(1), Function::String),
    signature("string-length", 0, Some(1), Function::StringLength),
    signature("substr", 2, Some(3), Function::Substr),
    signature("substring", 2, Some(3), Function::Substring),
    signature("substring-after", 2, Some(2), Function::SubstringAfter),
    signature("substring-before", 2, Some(2), Function::SubstringBefore),
    signature("sum", 1, Some(1), Function::Sum),
    signature("tan", 1, Some(1), Function::Tan),
    signature("today", 0, Some(0), Function::Today),
    signature("translate", 3, Some(3), Function::Translate),
    signature("true", 0, Some(0), Function::True),
    signature("uuid", 0, Some(1), Function::Uuid),
    signature("weighted-checklist", 2, None, Function::WeightedChecklist),
];

const fn signature(
    name: &'static str,
    least: usize,
    most: Option<usize>,
    function: Function,
) -> Signature {
    Signature { name, least, most, function }
}

impl Function {
    /// The function of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let place = FUNCTIONS.binary_search_by(|known| known.name.cmp(name)).ok()?;
        FUNCTIONS.get(place).map(|known| known.function)
    }

    /// How it is written and what it takes.
    pub(crate) fn signature(self) -> Option<&'static Signature> {
        FUNCTIONS.iter().find(|known| known.function == self)
    }

    /// Whether it gives another answer each time it is asked.
    pub(crate) fn is_volatile(self) -> bool {
        matches!(self, Self::Now | Self::Once | Self::Random | Self::Today | Self::Uuid)
    }
}

impl Signature {
    /// Whether so many arguments will do.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.least && self.most.is_none_or(|most| count <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_name_and_stand_in_order() {
        assert!(FUNCTIONS.is_sorted_by_key(|known| known.name));
        for known in FUNCTIONS {
            assert_eq!(Function::named(known.name), Some(known.function), "{}", known.name);
            assert_eq!(known.function.signature(), Some(&known));
        }
        assert_eq!(Function::named("selectd"), None);
    }
}
