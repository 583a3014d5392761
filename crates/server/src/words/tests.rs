//! The catalogues are whole: both languages, every key, values and fixes that format.

use std::collections::BTreeSet;

use fluent::FluentResource;
use model::finding::Finding;

use super::*;

const BOTH: [Language; 2] = [Language::En, Language::Fr];

fn keys(language: Language) -> BTreeSet<String> {
    let keys = language.catalogue().lines().filter_map(|line| line.split_once(" ="));
    let keys = keys.map(|(key, _)| key).filter(|key| key.starts_with(|c: char| c.is_alphabetic()));
    keys.map(str::to_owned).collect()
}

#[test]
fn catalogues_have_no_broken_message() {
    for language in BOTH {
        let broken = FluentResource::try_new(language.catalogue().to_owned()).err();
        let broken = broken.map(|(_, errors)| errors);
        assert!(broken.is_none(), "{language:?}: {broken:?}");
    }
}

#[test]
fn both_languages_have_the_same_messages_and_each_key_once() {
    let count = |language: Language| {
        language.catalogue().lines().filter(|line| line.starts_with("finding-")).count()
    };
    assert_eq!(keys(Language::En), keys(Language::Fr));
    let findings = |language| keys(language).iter().filter(|k| k.starts_with("finding-")).count();
    assert_eq!(BOTH.map(count), BOTH.map(findings));
    assert!(findings(Language::En) > 250);
}

#[test]
fn every_finding_says_what_is_wrong_and_how_to_mend_it() {
    for language in BOTH {
        let words = Words::new(language);
        for key in keys(language).iter().filter(|key| key.starts_with("finding-")) {
            let said = words.say(key);
            assert!(!said.is_empty() && said != *key, "{key}");
            assert!(words.aside(key, FIX).is_some_and(|fix| !fix.is_empty()), "{key}.fix");
        }
    }
}

#[test]
fn a_finding_mentions_its_values_and_what_is_near() {
    let words = Words::new(Language::En);
    let finding = Finding::error("register-unknown").with("register", "incidnt");
    assert_eq!(words.finding(&finding), "the pack has no register `incidnt`");
    let fix = words.fix(&finding).expect("a fix");
    assert!(fix.contains("casque pack show"), "{fix}");
    let near = finding.with("nearest", "incident");
    assert_eq!(words.fix(&near).as_deref(), Some("did you mean `incident`?"));
}

#[test]
fn an_outline_says_what_a_finding_is_about_without_its_values() {
    let english = Words::new(Language::En);
    let unplaced = "the form no longer asks …; these answers are kept with what was sent and are not in the record";
    assert_eq!(english.outline("phone-answers-unplaced"), unplaced);
    assert_eq!(english.outline("phone-reason-missing"), "a reason is needed");
    for language in [Language::En, Language::Fr] {
        let words = Words::new(language);
        let keys = language.catalogue().lines().filter_map(|line| line.split_once(" ="));
        for code in keys.filter_map(|(key, _text)| key.strip_prefix("finding-")) {
            let said = words.outline(code);
            assert!(!said.is_empty() && !said.contains('$') && said != code, "{code}: {said}");
        }
    }
}

#[test]
fn numbers_change_the_words_around_them() {
    let said = |language, count| {
        Words::new(language).say_with("cli-errors", &[("count", Said::Number(count))])
    };
    assert_eq!([0, 1, 2].map(|n| said(Language::En, n)), ["0 errors", "1 error", "2 errors"]);
    assert_eq!([0, 1, 2].map(|n| said(Language::Fr, n)), ["0 erreur", "1 erreur", "2 erreurs"]);
}

#[test]
fn a_missing_message_is_said_by_its_key() {
    assert_eq!(Words::new(Language::Fr).say("nothing-like-this"), "nothing-like-this");
    let finding = Finding::error("nothing-like-this").with("value", 7);
    assert_eq!(Words::new(Language::Fr).finding(&finding), "nothing-like-this value=7");
}

#[test]
fn the_flag_comes_before_the_environment() {
    let chosen = |arguments: &[&str], environment: Option<&str>| {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        Language::choose(&arguments, environment)
    };
    assert_eq!(chosen(&["casque"], None), Language::En);
    assert_eq!(chosen(&["casque"], Some("fr_FR.UTF-8")), Language::Fr);
    assert_eq!(chosen(&["casque"], Some("C.UTF-8")), Language::En);
    assert_eq!(chosen(&["casque", "--lang", "fr"], Some("en")), Language::Fr);
    assert_eq!(chosen(&["casque", "--lang=en"], Some("fr")), Language::En);
}
