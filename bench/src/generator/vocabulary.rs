//! Sentences of made-up reports: a vocabulary of four thousand words, the first two hundred
//! English, the others like English, drawn by Zipf's law (the word of rank r about 1/r as often).

use std::collections::BTreeMap;

use crate::random::Random;

/// How many words there are.
pub(crate) const SIZE: usize = 4_000;

const WEIGHT: u64 = 1_000_000_000;
/// Characters of a text: at least this, and up to so many more.
const LENGTH: (u64, u64) = (165, 60);
const SENTENCE_WORDS: (u64, u64) = (7, 9);

const COMMON: &str = "the of in and to a by on at from near with were was armed men attack village \
    road two three patrol reported killed group after their unidentified wounded forces army \
    villagers motorbikes several civilians convoy market night morning fire gunfire towards north \
    south east west left base vehicles shots houses cattle herders farmers attacked opened during \
    source local five four ten people women children soldiers town district river bridge well \
    field school health centre camp checkpoint explosive device improvised struck vehicle burned \
    looted food livestock stolen abducted released ransom threatened residents fled displaced \
    families arrived evening before dawn shelling mortar rounds landed empty area injured bodies \
    found buried elders chief mayor teacher driver trader truck bus ambush ambushed returned \
    response team escort helicopter medical evacuation wounded hospital sector border crossing \
    hill forest valley track kilometres distance according witness statement confirmed unconfirmed \
    number unknown weapons rifles machine gun recovered mine detonated damage bridge closed route \
    mission military police gendarmes community militia members clashed clash dispute land water \
    grazing tension dialogue agreement meeting protest crowd dispersed youth leaders calm restored \
    week month day again second third new old large small heavy light high low mosque church \
    warehouse fuel tanker aid workers humanitarian supply distribution suspended resumed";

const STARTS: [&str; 24] = [
    "b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s",
    "st", "t", "tr", "v", "w", "z",
];
const MIDDLES: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "ou", "ie"];
const ENDS: [&str; 16] =
    ["n", "r", "l", "s", "t", "nd", "rt", "ck", "ll", "m", "sh", "ng", "st", "d", "p", "th"];

/// The words, most frequent first.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    ranks: BTreeMap<String, usize>,
    /// Weights of a word and all before it, added.
    reach: Vec<u64>,
}

impl Vocabulary {
    /// The vocabulary, always the same.
    pub(crate) fn new() -> Self {
        let mut ranks = BTreeMap::new();
        let mut words = Vec::with_capacity(SIZE);
        let mut random = Random::new(0, 4_000);
        let mut add = |word: String| {
            if !ranks.contains_key(&word) && words.len() < SIZE {
                ranks.insert(word.clone(), words.len());
                words.push(word);
            }
            words.len() < SIZE
        };
        COMMON.split_whitespace().for_each(|word| {
            add(word.to_owned());
        });
        while add(made_up(&mut random)) {}
        Self { reach: reaches(words.len()), ranks, words }
    }

    /// A text of about 200 characters.
    pub(crate) fn text(&self, random: &mut Random) -> String {
        let length = usize::try_from(LENGTH.0 + random.below(LENGTH.1)).unwrap_or(0);
        let mut text = String::with_capacity(length + 32);
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            self.sentence(random, &mut text);
        }
        text
    }

    /// How many words are more frequent than `word`.
    pub(crate) fn rank(&self, word: &str) -> Option<usize> {
        self.ranks.get(word).copied()
    }

    /// The word of a rank.
    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    fn sentence(&self, random: &mut Random, text: &mut String) {
        let count = SENTENCE_WORDS.0 + random.below(SENTENCE_WORDS.1);
        for position in 0..count {
            let word = self.draw(random);
            if position == 0 {
                text.extend(word.chars().take(1).map(|first| first.to_ascii_uppercase()));
                text.extend(word.chars().skip(1));
            } else {
                text.push_str(if random.percent(6) { ", " } else { " " });
                text.push_str(word);
            }
        }
        text.push('.');
    }

    fn draw(&self, random: &mut Random) -> &str {
        let drawn = random.below(self.reach.last().copied().unwrap_or(0));
        &self.words[self.reach.partition_point(|reach| *reach <= drawn)]
    }
}

fn reaches(count: usize) -> Vec<u64> {
    let weights = (3..).map(|rank| WEIGHT / rank).take(count);
    weights
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

fn made_up(random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..=random.below(2) {
        word.push_str(random.pick(&STARTS));
        word.push_str(random.pick(&MIDDLES));
    }
    word.push_str(random.pick(&ENDS));
    if random.percent(25) {
        word.push_str(random.pick(&["ed", "ing", "er", "ly"]));
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_about_two_hundred_characters() {
        let words = Vocabulary::new();
        let mut random = Random::new(5, 5);
        let lengths: Vec<usize> = (0..2_000).map(|_| words.text(&mut random).len()).collect();
        let mean = lengths.iter().sum::<usize>() / lengths.len();
        assert!((190..240).contains(&mean), "mean {mean}");
        assert!(lengths.iter().all(|length| (165..400).contains(length)));
    }

    #[test]
    fn frequencies_follow_zipf() {
        let words = Vocabulary::new();
        let mut random = Random::new(6, 6);
        let mut seen = vec![0_u32; SIZE];
        for _ in 0..200_000 {
            seen[words.rank(words.draw(&mut random)).expect("a word of the vocabulary")] += 1;
        }
        // Rank 0 weighs 1/3, rank 27 weighs 1/30: ten times as much.
        let ratio = f64::from(seen[0]) / f64::from(seen[27]);
        assert!((8.0..12.0).contains(&ratio), "{ratio}");
        let rare: u32 = seen[2_000..].iter().sum();
        assert!((14_000..26_000).contains(&rare), "{rare} of the rarer half");
    }

    #[test]
    fn a_word_is_found_by_its_rank_and_back() {
        let words = Vocabulary::new();
        assert_eq!(words.words.len(), SIZE);
        assert!((0..SIZE).all(|rank| words.rank(words.word(rank)) == Some(rank)));
    }
}
