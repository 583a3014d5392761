//! Words of a text, and how many of them two texts share.
//!
//! Accents and capitals are folded, and so is how names are spelt from other scripts in French and in
//! English (Djenné, Jenne; Ouagadougou, Wagadugu); what is left of a difference in spelling is measured
//! by Levenshtein. The share is the cosine of both sets (Ochiai), each word by its length: long
//! words are rare ones, and no count over records is needed that would tell of records not to be seen.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use model::limits::LOOK_ALIKE_WORDS_MAX;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Everything, in thousandths.
pub(super) const WHOLE: u64 = 1_000;
/// Words this like are one word in two spellings.
const SPELLING_MIN: u64 = 800;
/// Only words of so many letters are compared by spelling, and only where no more letters are over.
const SPELLING_LETTERS: RangeInclusive<usize> = 4..=32;
const SPELLING_LETTERS_OVER: usize = 2;
/// Of the words that only one of both has so many are compared by spelling, the weightiest.
const SPELLINGS_MAX: usize = 50;
/// So many words are told apart by their letters in the time that one takes to be measured.
const TOLD_APART_IN_ONE: usize = 50;
/// Words of a record that are read, the commonest ones aside; of very many the first.
const READ_MAX: usize = 5 * LOOK_ALIKE_WORDS_MAX;
/// The weights of the shortest and the longest words.
const WEIGHTS: (u64, u64) = (2, 9);

/// How the same sound is written: the first is made the second, in this order.
const SPELLINGS: [(&str, &str); 15] = [
    ("ou", "u"),
    ("oo", "u"),
    ("ph", "f"),
    ("dj", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("ch", "sh"),
    ("ck", "k"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("q", "k"),
    ("w", "u"),
];

/// Words that are in every text, French and English, folded.
const COMMON: [&str; 60] = [
    "about", "after", "and", "apres", "are", "at", "au", "aux", "avec", "been", "before", "by",
    "ce", "ces", "contre", "dans", "de", "des", "du", "en", "entre", "est", "et", "for", "from",
    "had", "has", "have", "his", "in", "into", "la", "le", "les", "leur", "near", "of", "on",
    "ont", "ou", "par", "pour", "pres", "que", "qui", "sa", "se", "ses", "son", "sont", "sur",
    "that", "the", "their", "to", "un", "une", "was", "were", "with",
];

/// The different words of a text, by how they are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bag {
    /// The word as it is shown, and what it weighs.
    words: BTreeMap<String, (String, u64)>,
    weight: u64,
}

/// What two texts share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// How much of both, in thousandths.
    pub(super) share: u64,
    /// The words, the weightiest first.
    pub(super) words: Vec<String>,
}

/// How many words were looked up or measured, which is what takes the longest.
#[derive(Debug, Default)]
pub(super) struct Effort(Cell<usize>);

impl Effort {
    pub(super) fn spend(&self, words: usize) {
        self.0.set(self.0.get().saturating_add(words));
    }

    pub(super) fn spent(&self) -> usize {
        self.0.get()
    }
}

impl Bag {
    /// The words of these texts together; of very many the first.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut bag = Self::default();
        for word in texts.into_iter().flat_map(split).take(READ_MAX) {
            if bag.words.len() == LOOK_ALIKE_WORDS_MAX {
                break;
            }
            let key = spelt(&word);
            let weight = (key.chars().count() as u64).clamp(WEIGHTS.0, WEIGHTS.1);
            if let Entry::Vacant(free) = bag.words.entry(key) {
                free.insert((word, weight));
                bag.weight += weight;
            }
        }
        bag
    }

    /// Whether there is no word.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What both share. The same whichever is asked of the other.
    pub(super) fn shared(&self, other: &Self, effort: &Effort) -> Shared {
        effort.spend(self.words.len());
        let mut found: Vec<(u64, &str)> = Vec::new();
        let mut sum = 0;
        for (key, (word, weight)) in &self.words {
            if let Some((theirs, _)) = other.words.get(key) {
                sum += WHOLE * weight;
                found.push((*weight, word.min(theirs)));
            }
        }
        for spelling in self.spellings(other, effort) {
            sum += spelling.alike * spelling.weight / 2;
            found.push((spelling.weight / 2, spelling.word));
        }
        found.sort_by_key(|(weight, word)| (Reverse(*weight), *word));
        let share = sum.checked_div((self.weight * other.weight).isqrt()).unwrap_or(0);
        let words = found.into_iter().map(|(_, word)| word.to_owned()).collect();
        Shared { share: share.min(WHOLE), words }
    }

    /// Words of one that the other has in another spelling, each once: the most alike first.
    fn spellings<'b>(&'b self, other: &'b Self, effort: &Effort) -> Vec<Spelling<'b>> {
        let (ours, theirs) = (self.only_here(other), other.only_here(self));
        effort.spend(ours.len() * theirs.len() / TOLD_APART_IN_ONE);
        let mut pairs: Vec<Spelling<'b>> = Vec::new();
        for one in &ours {
            for other in &theirs {
                if let Some(alike) = one.alike(other, effort) {
                    let (weight, word) = (one.weight + other.weight, one.word.min(other.word));
                    pairs.push(Spelling { keys: [one.key, other.key], alike, weight, word });
                }
            }
        }
        // By both words without regard to whose they are, so that the order is the same from either side.
        pairs.sort_by_key(|pair| {
            (Reverse(pair.alike), pair.keys.iter().min().copied(), pair.keys.iter().max().copied())
        });
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        pairs.retain(|pair| {
            let is_free = pair.keys.iter().all(|key| !taken.contains(key));
            if is_free {
                taken.extend(pair.keys);
            }
            is_free
        });
        pairs
    }

    /// The words that the other does not have and that may be there in another spelling.
    fn only_here<'b>(&'b self, other: &Self) -> Vec<Spelt<'b>> {
        let only = self.words.iter().filter(|(key, _)| !other.words.contains_key(*key));
        let mut only: Vec<Spelt<'b>> = only.filter_map(Spelt::of).collect();
        only.sort_by_key(|word| (Reverse(word.weight), word.key));
        only.truncate(SPELLINGS_MAX);
        only
    }
}

/// A word that is compared by its spelling.
struct Spelt<'b> {
    key: &'b str,
    word: &'b str,
    weight: u64,
    letters: usize,
    /// A bit for every letter it has; some letters share one.
    kinds: u64,
}

impl<'b> Spelt<'b> {
    fn of((key, (word, weight)): (&'b String, &'b (String, u64))) -> Option<Self> {
        let letters = key.chars().count();
        let is_word = SPELLING_LETTERS.contains(&letters) && key.chars().all(char::is_alphabetic);
        let kinds = key.chars().fold(0, |kinds, letter| kinds | 1 << (u32::from(letter) % 64));
        is_word.then_some(Self { key, word, weight: *weight, letters, kinds })
    }

    /// How much alike two words are spelt, in thousandths; nothing where they are two words.
    fn alike(&self, other: &Self, effort: &Effort) -> Option<u64> {
        // A letter that is changed takes away one kind at most and brings another: most words are told
        // apart by that.
        let kinds = u64::from((self.kinds ^ other.kinds).count_ones());
        let changes_max = self.letters.max(other.letters) as u64 * (WHOLE - SPELLING_MIN) / WHOLE;
        if self.letters.abs_diff(other.letters) > SPELLING_LETTERS_OVER || kinds > 2 * changes_max {
            return None;
        }
        effort.spend(1);
        let alike = strsim::normalized_levenshtein(self.key, other.key);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and 1000"
        )]
        let thousandths = ((alike * 1_000.0) as u64).min(WHOLE);
        (thousandths >= SPELLING_MIN).then_some(thousandths)
    }
}

/// A word in two spellings.
struct Spelling<'b> {
    keys: [&'b str; 2],
    /// In thousandths.
    alike: u64,
    /// Of both.
    weight: u64,
    word: &'b str,
}

/// The words of a text, folded; numbers are words.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().flat_map(|piece| {
        let folded = fold(piece);
        let words = folded.split(|letter: char| !letter.is_alphanumeric());
        let words = words
            .filter(|word| !COMMON.contains(word) && (word.chars().count() > 1 || is_number(word)));
        words.map(str::to_owned).collect::<Vec<_>>()
    })
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_ascii_digit())
}

/// Small letters without accents.
fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    let mut folded = String::with_capacity(text.len());
    for letter in plain.flat_map(char::to_lowercase) {
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            letter => folded.push(letter),
        }
    }
    folded
}

/// A folded word as it would be spelt by one custom: what words are compared by.
fn spelt(word: &str) -> String {
    if !word.chars().all(|letter| letter.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let same =
        SPELLINGS.iter().fold(word.replace('y', "i"), |word, (from, to)| word.replace(from, to));
    let mut letters: Vec<char> = same.chars().collect();
    letters.dedup();
    if letters.len() > 2 && letters.last() == Some(&'h') {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(one: &str, other: &str) -> u64 {
        Bag::of([one]).shared(&Bag::of([other]), &Effort::default()).share
    }

    #[test]
    fn names_spelt_from_other_scripts_are_the_same_words() {
        for (one, other) in [
            ("Djenné", "Jenne"),
            ("Ouagadougou", "Wagadugu"),
            ("Ménaka", "MENAKA"),
            ("Tombouctou", "Toumbouktou"),
            ("Cheikh", "Sheikh"),
            ("Aguelhok", "Aguel'hoc Aguelhoc"),
        ] {
            assert!(share(one, other) > 600, "{one} {other} {}", share(one, other));
        }
        assert!(share("Tombouctou", "Timbuktu") > 850, "{}", share("Tombouctou", "Timbuktu"));
    }

    #[test]
    fn other_words_and_other_numbers_are_not_shared() {
        for (one, other) in
            [("Gao", "Kidal"), ("camp 14", "camp 15"), ("market", "patrol"), ("", "")]
        {
            let shared = share(one, other);
            assert!(shared <= 700, "{one} {other} {shared}");
        }
        assert_eq!(share("the attack of the camp", "les hommes de la ville"), 0);
    }

    #[test]
    fn what_is_shared_is_told_the_weightiest_first() {
        let one = Bag::of(["Armed men attacked the market of Ménaka", "JNIM"]);
        let other = Bag::of(["Attaque du marché de Menaka par JNIM; market closed"]);
        assert_eq!(
            one.shared(&other, &Effort::default()).words,
            ["market", "menaka", "attacked", "jnim"]
        );
    }

    #[test]
    fn very_long_texts_are_bounded() {
        let long: Vec<String> = (0..5_000).map(|number| format!("w{number}")).collect();
        assert_eq!(Bag::of(long.iter().map(String::as_str)).words.len(), LOOK_ALIKE_WORDS_MAX);
    }

    #[test]
    fn few_words_are_compared_by_spelling_and_no_very_long_one() {
        let word = |first: char, number: u32| -> String {
            let letter = |at: u32| char::from_u32('a' as u32 + number / 26_u32.pow(at) % 26);
            std::iter::once(first).chain((0..5).filter_map(letter)).collect()
        };
        let many: Vec<String> = (0..200).map(|number| word('p', number)).collect();
        let bag = Bag::of(many.iter().map(String::as_str));
        assert_eq!(bag.only_here(&Bag::default()).len(), SPELLINGS_MAX);
        let (one, other) = ("ab".repeat(8_000), "ba".repeat(8_000));
        let (one, other) = (Bag::of([one.as_str()]), Bag::of([other.as_str()]));
        assert!(one.only_here(&other).is_empty());
        assert_eq!(
            [
                one.shared(&one, &Effort::default()).share,
                one.shared(&other, &Effort::default()).share
            ],
            [WHOLE, 0]
        );
        let effort = Effort::default();
        // Both are looked up, and both are measured against the one that has the same letters.
        Bag::of(["tamaris samarit"]).shared(&Bag::of(["sitaram bourgou"]), &effort);
        assert_eq!(effort.spent(), 4);
        bag.shared(&Bag::default(), &effort);
        assert_eq!(effort.spent(), 4 + bag.words.len());
        let again = "gao ".repeat(READ_MAX) + "kidal";
        assert_eq!(Bag::of([again.as_str()]).words.len(), 1);
    }

    proptest! {
        #[test]
        fn two_spellings_are_told_as_levenshtein_alone_tells_them(
            one in "[a-eé]{4,12}",
            changes in prop::collection::vec((0..12_usize, "[a-gé]?"), 0..4),
        ) {
            let mut letters: Vec<String> = one.chars().map(String::from).collect();
            for (at, letter) in changes.into_iter().filter(|(at, _)| *at < one.chars().count()) {
                letters[at] = letter;
            }
            let words = [one, letters.concat()].map(|word| (word, (String::new(), 4)));
            let spelt = words.each_ref().map(|(key, word)| Spelt::of((key, word)));
            if let [Some(one), Some(other)] = &spelt {
                let alike = strsim::normalized_levenshtein(one.key, other.key);
                let is_near = alike >= 0.8 && one.letters.abs_diff(other.letters) <= SPELLING_LETTERS_OVER;
                prop_assert_eq!(one.alike(other, &Effort::default()).is_some(), is_near, "{} {}", one.key, other.key);
            }
        }

        #[test]
        fn a_text_shares_all_with_itself_and_as_much_from_either_side(
            one in "[a-zA-Zéèçï' ]{0,60}",
            other in "[a-zA-Zéèçï' ]{0,60}",
        ) {
            let (one, other) = (Bag::of([one.as_str()]), Bag::of([other.as_str()]));
            prop_assert_eq!(one.shared(&one, &Effort::default()).share, if one.is_empty() { 0 } else { WHOLE });
            prop_assert_eq!(one.shared(&other, &Effort::default()).share, other.shared(&one, &Effort::default()).share);
            prop_assert!(one.shared(&other, &Effort::default()).share <= WHOLE);
        }

        #[test]
        fn any_text_at_all_has_words(text in ".{0,80}") {
            let bag = Bag::of([text.as_str()]);
            prop_assert_eq!(bag.shared(&bag, &Effort::default()).words.len(), bag.words.len());
        }
    }
}
