//! The words of a source and the codes they mean: as they stand first, then without regard to case,
//! accents and signs, because no two offices write `Sécurité alimentaire` the same way.

use std::collections::BTreeMap;

use forms::list::CodeList;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// From words to codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    exact: BTreeMap<String, String>,
    /// Folded words; nothing where two codes share one.
    folded: BTreeMap<String, Option<String>>,
    /// Folded labels and codes of the list itself, for words that no crosswalk has.
    own: BTreeMap<String, Option<String>>,
}

impl Words {
    /// Adds a word; the one added last counts where it is there already.
    pub(super) fn add(&mut self, word: &str, code: &str) {
        self.exact.insert(word.to_owned(), code.to_owned());
    }

    /// Folds the words, and adds those of the list itself where it is a crosswalk that is read.
    pub(super) fn fold(&mut self, list: Option<&CodeList>) {
        for (word, code) in &self.exact {
            note(&mut self.folded, word, code);
        }
        for code in list.into_iter().flat_map(CodeList::codes) {
            note(&mut self.own, &code.code, &code.code);
            for (_language, label) in code.labels.iter() {
                note(&mut self.own, label, &code.code);
            }
        }
    }

    /// The code that a word means.
    pub fn get(&self, word: &str) -> Option<&str> {
        if let Some(code) = self.exact.get(word) {
            return Some(code);
        }
        let folded = fold(word);
        let known = self.folded.get(&folded).or_else(|| self.own.get(&folded));
        known?.as_deref()
    }

    /// The words as they stand, with their codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.exact.iter().map(|(word, code)| (word.as_str(), code.as_str()))
    }
}

fn note(words: &mut BTreeMap<String, Option<String>>, word: &str, code: &str) {
    let folded = fold(word);
    if folded.is_empty() {
        return;
    }
    let known = words.entry(folded).or_insert_with(|| Some(code.to_owned()));
    if known.as_deref() != Some(code) {
        *known = None;
    }
}

/// A word in small letters without accents; signs and blanks become one blank.
fn fold(word: &str) -> String {
    let plain =
        word.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let plain: String =
        plain.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_spelt() {
        let mut words = Words::default();
        words.add("Sécurité alimentaire", "food");
        words.add("Abris / NFI", "shelter");
        words.add("1", "one");
        words.fold(None);
        for (word, code) in [
            ("Sécurité alimentaire", Some("food")),
            (" SECURITE  Alimentaire", Some("food")),
            ("abris/nfi", Some("shelter")),
            ("1", Some("one")),
            ("Nutrition", None),
            ("", None),
            ("–", None),
        ] {
            assert_eq!(words.get(word), code, "{word}");
        }
    }

    #[test]
    fn a_word_that_two_codes_share_must_stand_as_it_is() {
        let mut words = Words::default();
        words.add("IO", "organization");
        words.add("io", "other");
        words.fold(None);
        assert_eq!(words.get("IO"), Some("organization"));
        assert_eq!(words.get("io"), Some("other"));
        assert_eq!(words.get("Io"), None);
    }
}
