//! HXL hashtags: what a column of a humanitarian table is, whatever its heading says and in whatever
//! language (HXL 1.1).

use std::collections::BTreeSet;
use std::fmt;

/// The longest hashtag with its attributes that is read as one, in bytes.
const LENGTH_MAX: usize = 200;

/// A hashtag with its attributes: `#adm1+code`. Upper and lower case are the same, and attributes
/// have no order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hashtag {
    tag: String,
    attributes: BTreeSet<String>,
}

/// Which hashtags are meant: `#org+name-type` is every `#org` that has `+name` and lacks `+type`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashtagPattern {
    with: Hashtag,
    without: BTreeSet<String>,
}

/// As HXL writes it, the attributes in order.
impl fmt::Display for Hashtag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.tag)?;
        self.attributes.iter().try_for_each(|attribute| write!(f, "+{attribute}"))
    }
}

impl fmt::Display for HashtagPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.with)?;
        self.without.iter().try_for_each(|attribute| write!(f, "-{attribute}"))
    }
}

impl Hashtag {
    /// Reads a cell; nothing where it holds no hashtag. Blanks may stand around it and before each `+`.
    pub fn parse(text: &str) -> Option<Self> {
        let pattern = HashtagPattern::parse(text)?;
        pattern.without.is_empty().then_some(pattern.with)
    }

    /// The name of the column it tags, where `nth` columns have the same hashtag already.
    pub fn column_name(&self, nth: usize) -> String {
        if nth == 0 { self.to_string() } else { format!("{self} ({})", nth + 1) }
    }

    /// The hashtag of a column of such a name.
    pub fn of_column(name: &str) -> Option<Self> {
        let tag = name.split_once(" (").map_or(name, |(tag, _nth)| tag);
        Self::parse(tag)
    }
}

impl HashtagPattern {
    /// Whether a name of a column means a hashtag.
    pub fn is_one(name: &str) -> bool {
        name.starts_with('#')
    }

    /// Reads a pattern; nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().strip_prefix('#').filter(|text| text.len() <= LENGTH_MAX)?;
        let end = text.find(['+', '-']).unwrap_or(text.len());
        let (tag, mut rest) = text.split_at(end);
        if tag.starts_with(char::is_whitespace) {
            return None;
        }
        let mut pattern = Self {
            with: Hashtag { tag: token(tag)?, attributes: BTreeSet::new() },
            without: BTreeSet::new(),
        };
        while let Some(sign) = rest.chars().next() {
            let after = rest.get(1..)?;
            let end = after.find(['+', '-']).unwrap_or(after.len());
            let (attribute, next) = after.split_at(end);
            let attribute = token(attribute)?;
            let attributes =
                if sign == '+' { &mut pattern.with.attributes } else { &mut pattern.without };
            attributes.insert(attribute);
            rest = next;
        }
        Some(pattern)
    }

    /// Whether a hashtag is one of those meant.
    pub fn fits(&self, hashtag: &Hashtag) -> bool {
        self.with.tag == hashtag.tag
            && self.with.attributes.is_subset(&hashtag.attributes)
            && self.without.is_disjoint(&hashtag.attributes)
    }
}

/// A tag or an attribute: a letter, then letters, digits and `_`.
fn token(text: &str) -> Option<String> {
    let text = text.trim();
    let starts = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (starts && plain).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        Hashtag::parse(text).map_or_else(|| "none".to_owned(), |tag| tag.to_string())
    }

    #[test]
    fn what_real_files_write_is_read_as_one_hashtag() {
        for (text, expected) in [
            ("#sector\t", "#sector"),
            ("#activity +project +type", "#activity+project+type"),
            (" #ADM1 +Name ", "#adm1+name"),
            ("#org+type+impl", "#org+impl+type"),
            ("#affected+idps+ind+stock+conflict_raw", "#affected+conflict_raw+idps+ind+stock"),
        ] {
            assert_eq!(shown(text), expected);
        }
        for text in
            ["sector", "# sector", "#1", "#", "", "#a b", "#a+", "#a++b", "#a+1", "#a-b", "#é"]
        {
            assert_eq!(shown(text), "none", "{text}");
        }
    }

    #[test]
    fn a_pattern_wants_attributes_and_bars_others() {
        let fits = |pattern: &str, tag: &str| {
            HashtagPattern::parse(pattern).expect(pattern).fits(&Hashtag::parse(tag).expect(tag))
        };
        assert!(fits("#org", "#org+impl+name"));
        assert!(fits("#org+name", "#org+impl+name"));
        assert!(!fits("#org+name", "#org+impl"));
        assert!(fits("#org-type", "#org+impl"));
        assert!(!fits("#org-type", "#org+impl+type"));
        assert!(!fits("#adm1", "#adm2"));
        assert!(HashtagPattern::parse("#org -").is_none());
        assert_eq!(
            HashtagPattern::parse("#Org - type+name").expect("one").to_string(),
            "#org+name-type"
        );
    }

    #[test]
    fn a_column_knows_its_hashtag_again() {
        let tag = Hashtag::parse("#sector+list").expect("one");
        assert_eq!(tag.column_name(0), "#sector+list");
        assert_eq!(tag.column_name(1), "#sector+list (2)");
        assert_eq!(Hashtag::of_column("#sector+list (2)"), Some(tag));
        assert_eq!(Hashtag::of_column("Sector (2)"), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any::<String>()) {
            if let Some(pattern) = HashtagPattern::parse(&text) {
                prop_assert_eq!(HashtagPattern::parse(&pattern.to_string()), Some(pattern));
            }
        }

        #[test]
        fn order_case_and_blanks_do_not_matter(
            tag in "[a-z][a-z0-9_]{0,8}",
            attributes in prop::collection::btree_set("[a-z][a-z0-9_]{0,8}", 0..5)
                .prop_flat_map(|set| Just(set.into_iter().collect::<Vec<_>>()).prop_shuffle()),
            blanks in "[ \t]{0,2}",
        ) {
            let one = |one: &String| format!("{blanks}+{blanks}{}", one.to_uppercase());
            let written = attributes.iter().map(one).collect::<Vec<_>>().concat();
            let read = Hashtag::parse(&format!("{blanks}#{tag}{written}{blanks}")).expect("a hashtag");
            prop_assert_eq!(&read.tag, &tag);
            prop_assert_eq!(read.attributes, attributes.into_iter().collect::<BTreeSet<_>>());
        }
    }
}
