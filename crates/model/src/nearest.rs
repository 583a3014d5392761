//! The nearest known word to a mistyped one, for error messages.

/// The candidate nearest to `word`, where one is near enough to be what was meant: at most a third
/// of its letters wrong, and at least one right. Ties go to the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let known = ["deaths_best", "deaths_low", "type"];
        assert_eq!(nearest("death_best", known), Some("deaths_best"));
        assert_eq!(nearest("DEATHS_LWO", known), Some("deaths_low"));
        assert_eq!(nearest("tpye", known), Some("type"));
        assert_eq!(nearest("admin1", known), None);
    }
}
