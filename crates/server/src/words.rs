//! Words for people, in English and French, from the Fluent catalogues that the binary carries.
//!
//! A message that French lacks is said in English, and one that English lacks as its key. Tests see
//! to it that neither happens.

use std::ffi::OsString;

use clap::ValueEnum;
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use model::finding::Finding;
use unic_langid::LanguageIdentifier;

/// The attribute of a finding that says how to mend it.
const FIX: &str = "fix";
/// What a message is given where a finding has no such value: catalogues select on it.
const NOTHING: &str = "none";
/// What stands for a value that is not for the reader.
const LEFT_OUT: &str = "…";
/// Values that a finding may lack.
const OPTIONAL: [&str; 1] = ["nearest"];

/// A language the words are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    En,
    Fr,
}

impl Language {
    /// Its code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// What `--lang` says, else the environment; English where neither names one of ours. The words
    /// are needed before the command line is understood.
    pub(crate) fn choose(arguments: &[OsString], environment: Option<&str>) -> Self {
        let arguments: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
        let glued = arguments.iter().find_map(|word| word.strip_prefix("--lang="));
        let at = arguments.iter().position(|word| word == "--lang");
        let apart = at.and_then(|at| arguments.get(at + 1)).map(AsRef::as_ref);
        let named = glued.or(apart).or(environment);
        named.map_or(Self::En, Self::of)
    }

    /// The language of `fr`, `fr_FR.UTF-8`, `FR-CA`, where it is one of ours.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let code = name.split(['_', '-', '.']).next()?;
        [Self::En, Self::Fr].into_iter().find(|ours| code.eq_ignore_ascii_case(ours.code()))
    }

    fn of(name: &str) -> Self {
        Self::named(name).unwrap_or(Self::En)
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    const fn catalogue(self) -> &'static str {
        match self {
            Self::En => include_str!("../i18n/en.ftl"),
            Self::Fr => include_str!("../i18n/fr.ftl"),
        }
    }
}

/// A value that a message mentions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said<'a> {
    /// A text.
    Text(&'a str),
    /// A number, which may change the words around it.
    Number(u64),
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Said<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Said<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// The words of one language, and English behind them.
pub(crate) struct Words {
    language: Language,
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Words {
    /// The words of a language.
    pub(crate) fn new(language: Language) -> Self {
        let mut bundles = vec![bundle(language)];
        if language != Language::En {
            bundles.push(bundle(Language::En));
        }
        Self { language, bundles }
    }

    /// The code of the language.
    pub(crate) const fn language(&self) -> &'static str {
        self.language.code()
    }

    /// A message without values.
    pub(crate) fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with values.
    pub(crate) fn say_with(&self, key: &str, values: &[(&str, Said<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            match value {
                Said::Text(text) => arguments.set(*name, (*text).to_owned()),
                Said::Number(number) => arguments.set(*name, FluentValue::from(*number)),
            }
        }
        self.message(key, None, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// An attribute of a message, where it has it.
    pub(crate) fn aside(&self, key: &str, attribute: &str) -> Option<String> {
        self.message(key, Some(attribute), &FluentArgs::new())
    }

    /// What a finding says.
    pub(crate) fn finding(&self, finding: &Finding) -> String {
        let said = self.message(&key(finding), None, &self.values(finding));
        said.unwrap_or_else(|| finding.to_string())
    }

    /// What every finding of a kind says, each value left out: for whoever may know no more of one.
    pub(crate) fn outline(&self, code: &str) -> String {
        let said = self.say(&format!("finding-{code}"));
        let mut parts = said.split("{$");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            text.push_str(LEFT_OUT);
            text.push_str(part.split_once('}').map_or("", |(_name, rest)| rest));
        }
        text
    }

    /// How to mend it.
    pub(crate) fn fix(&self, finding: &Finding) -> Option<String> {
        self.message(&key(finding), Some(FIX), &self.values(finding))
    }

    /// The values of a finding; words of a form's author in this language, where there are any.
    fn values(&self, finding: &Finding) -> FluentArgs<'static> {
        let mut arguments = values(finding);
        if let Some(said) = finding.said_in(self.language()) {
            arguments.set("message", said.to_owned());
        }
        arguments
    }

    fn message(
        &self,
        key: &str,
        attribute: Option<&str>,
        values: &FluentArgs<'_>,
    ) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let message = bundle.get_message(key)?;
            let pattern = match attribute {
                Some(attribute) => message.get_attribute(attribute)?.value(),
                None => message.value()?,
            };
            let mut wrong = Vec::new();
            Some(bundle.format_pattern(pattern, Some(values), &mut wrong).into_owned())
        })
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
    bundle.set_use_isolating(false);
    let (resource, _broken) = match FluentResource::try_new(language.catalogue().to_owned()) {
        Ok(resource) => (resource, Vec::new()),
        Err(partial) => partial,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

fn key(finding: &Finding) -> String {
    format!("finding-{}", finding.code)
}

/// Where the finding is and what it mentions. An empty value counts as none.
fn values(finding: &Finding) -> FluentArgs<'static> {
    let mut arguments = FluentArgs::new();
    let row = finding.at.row.map(|row| row.to_string());
    let place = [("file", &finding.at.file), ("row", &row), ("column", &finding.at.column)];
    for (name, value) in place {
        arguments.set(name, value.clone().unwrap_or_else(|| NOTHING.to_owned()));
    }
    for name in OPTIONAL {
        arguments.set(name, NOTHING);
    }
    for (name, value) in &finding.values {
        arguments.set(*name, if value.is_empty() { NOTHING.to_owned() } else { value.clone() });
    }
    arguments
}

#[cfg(test)]
mod tests;
