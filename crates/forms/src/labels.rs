//! Words for people, one text per language.

use std::collections::BTreeMap;

/// The language shown where the wanted one is missing.
const FALLBACK: &str = "en";

/// One text per language code (`en`, `fr`). Texts are never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<String, String>);

impl Labels {
    /// Sets the text of a language; an empty text is no text.
    pub fn set(&mut self, language: &str, text: &str) {
        if !text.is_empty() {
            self.0.insert(language.to_owned(), text.to_owned());
        }
    }

    /// The text in `language`, else in English, else in any language.
    pub fn get(&self, language: &str) -> Option<&str> {
        let text = self.0.get(language).or_else(|| self.0.get(FALLBACK));
        text.or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// The text in exactly this language.
    pub fn exactly(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every language and text, by language.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl<L: AsRef<str>, T: AsRef<str>> FromIterator<(L, T)> for Labels {
    fn from_iter<I: IntoIterator<Item = (L, T)>>(texts: I) -> Self {
        let mut labels = Self::default();
        for (language, text) in texts {
            labels.set(language.as_ref(), text.as_ref());
        }
        labels
    }
}

/// The language code of a column suffix such as `English (en)`, `en` or `pt-BR`.
pub fn language_code(suffix: &str) -> Option<&str> {
    let code = match suffix.rsplit_once('(') {
        Some((_name, rest)) => rest.strip_suffix(')')?,
        None => suffix,
    };
    is_language_code(code.trim()).then_some(code.trim())
}

/// Whether `code` looks like a language code: two or three lower-case letters, then parts.
pub fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_language_comes_first_then_english_then_any() {
        let labels: Labels = [("fr", "lieu"), ("en", "place")].into_iter().collect();
        assert_eq!(labels.get("fr"), Some("lieu"));
        assert_eq!(labels.get("sw"), Some("place"));
        assert_eq!(labels.exactly("sw"), None);
        let french: Labels = [("fr", "lieu"), ("en", "")].into_iter().collect();
        assert_eq!(french.get("en"), Some("lieu"));
        assert_eq!(Labels::default().get("en"), None);
    }

    #[test]
    fn language_codes_are_found_in_both_ways_of_writing_them() {
        assert_eq!(language_code("English (en)"), Some("en"));
        assert_eq!(language_code(" fr "), Some("fr"));
        assert_eq!(language_code("Português (Brasil) (pt-BR)"), Some("pt-BR"));
        for unclear in ["French", "", "English (EN)", "en_GB", "(en", "e"] {
            assert_eq!(language_code(unclear), None, "{unclear}");
        }
    }
}
