//! What to write instead of a word nobody knows.

use std::collections::BTreeSet;

use model::nearest::nearest;

/// The most words that are listed where none is near.
const LISTED_MAX: usize = 12;
/// What stands for no word at all, in any language.
const NONE: &str = "–";

/// The known word nearest to `word`; where none is near, the known words, of many the first.
pub fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(word, known.iter().copied()) {
        return near.to_owned();
    }
    let distinct: BTreeSet<&str> = known.into_iter().collect();
    let mut listed: Vec<&str> = distinct.iter().copied().take(LISTED_MAX).collect();
    match distinct.len() {
        0 => listed.push(NONE),
        count if count > LISTED_MAX => listed.push("…"),
        _ => {}
    }
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_or_else_all_words_are_offered() {
        let known = ["verification", "deaths_best", "deaths_low"];
        assert_eq!(suggestion("death_best", known), "deaths_best");
        assert_eq!(suggestion("xyz", known), "deaths_best, deaths_low, verification");
        assert_eq!(suggestion("xyz", []), "–");
    }

    #[test]
    fn of_many_words_the_first_are_offered() {
        let many: Vec<String> = (10..40).map(|number| format!("code{number}")).collect();
        let offered = suggestion("xyz", many.iter().map(String::as_str));
        assert!(
            offered.starts_with("code10, code11, ") && offered.ends_with("code21, …"),
            "{offered}"
        );
    }
}
