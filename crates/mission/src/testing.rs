//! A tiny pack for tests, and ways to change it.

use std::collections::BTreeMap;

use model::finding::Finding;

use crate::folder::{Folder, Packs};
use crate::load::load;
use crate::pack::Pack;

/// The files of a right pack called `core`.
const FILES: [(&str, &str); 10] = [
    (
        "pack.toml",
        "name = \"core\"\nversion = \"1\"\ntitle = { en = \"Core\" }\nlanguages = [\"en\"]\n\
         time_zone = \"Africa/Bamako\"\nbounding_box = [-12.3, 10.1, 4.3, 25.1]\n\
         [[compartment]]\nname = \"hrd-only\"\ntitle = { en = \"Human rights\" }\n",
    ),
    (
        "codelists/classification.csv",
        "code,label::en\nunclassified,U\nconfidential,C\nstrictly-confidential,S\n",
    ),
    ("codelists/caveat.csv", "code,label::en\nhrd-only,Human rights\n"),
    (
        "codelists/kind.csv",
        "code,label::en,ucdp\nclash,Clash,1;2\nkilling,Killing,3\nother,Other,\n",
    ),
    (
        "field-groups/handling.csv",
        "type,name,label::en\nselect_one classification,classification,Classification\n\
         select_one caveat,caveat,Caveat\ntext,source_id,Source id\n",
    ),
    (
        "registers/incident/survey.csv",
        "type,name,label::en,required,constraint\ndatetime,occurred_at,When,yes,\ngeopoint,place,Where,,\n\
         text,admin1,Region,,\nselect_one kind,type,Kind,,\nselect_multiple kind,kinds,Kinds,,\n\
         integer,deaths,Deaths,,. >= 0\ntext,summary,Summary,,\n",
    ),
    (
        "registers/incident/register.toml",
        "title = { en = \"Incident\" }\nfield_groups = [\"handling\"]\ntime_field = \"occurred_at\"\n\
         place_field = \"place\"\narea_fields = [\"admin1\"]\nsearch_fields = [\"summary\"]\n\
         title_field = \"summary\"\nlist_columns = [\"occurred_at\", \"type\"]\nkey_field = \"source_id\"\n\
         evidence_for = [\"T-1\"]\n[cube]\narea = \"admin1\"\nsums = [\"deaths\"]\n",
    ),
    (
        "roles.toml",
        "[[role]]\nname = \"analyst\"\ntitle = { en = \"Analyst\" }\n[[role.grant]]\nregisters = [\"*\"]\n\
         actions = [\"read\"]\nscope = \"deaths > 0\"\nclearance = \"confidential\"\ncompartments = [\"hrd-only\"]\n",
    ),
    (
        "mandates/2100-2013.toml",
        "number = 2100\nyear = 2013\nadopted = \"2013-04-25\"\ntitle = { en = \"A\" }\n\
         [[task]]\nid = \"T-1\"\ntext = { en = \"protect\" }\n",
    ),
    (
        "mappings/ucdp.toml",
        "title = { en = \"UCDP\" }\nregister = \"incident\"\nnamespace = \"ucdp\"\nkey = [\"id\"]\n\
         [where]\ncountry = [\"Mali\"]\n[fields.occurred_at]\ncolumn = \"date\"\n\
         [fields.type]\ncolumn = \"kind\"\ncrosswalk = \"ucdp\"\ncodes = { \"9\" = \"other\" }\n\
         [fields.deaths]\ncolumns = [\"best\", \"low\"]\n[fields.place]\nlongitude = \"lon\"\nlatitude = \"lat\"\n\
         [fields.admin1]\narea_level = 1\n[fields.summary]\ntemplate = \"{a} / {b}\"\n\
         [fields.classification]\nvalue = \"unclassified\"\n",
    ),
];

/// Packs in memory.
#[derive(Clone, Debug)]
pub(crate) struct Tiny(BTreeMap<String, Folder>);

impl Tiny {
    /// `core` alone, without a fault.
    pub(crate) fn new() -> Self {
        Self(BTreeMap::from([("core".to_owned(), FILES.into_iter().collect())]))
    }

    /// Adds a file, or puts another in its place.
    pub(crate) fn with(mut self, pack: &str, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.entry(pack.to_owned()).or_default().insert(path, content.into());
        self
    }

    /// Cuts `core`'s file of this number from `from` on by `length` bytes and puts `put` there.
    pub(crate) fn damaged(self, number: usize, from: usize, length: usize, put: &[u8]) -> Self {
        let (path, text) = FILES[number % FILES.len()];
        let from = from % text.len();
        let until = (from + length).min(text.len());
        let damaged = [&text.as_bytes()[..from], put, &text.as_bytes()[until..]].concat();
        self.with("core", path, damaged)
    }

    /// Adds a pack that has nothing but a manifest with these lines.
    pub(crate) fn with_pack(self, name: &str, more: &str) -> Self {
        let manifest = format!(
            "name = \"{name}\"\nversion = \"1\"\ntitle = {{ en = \"T\" }}\nlanguages = [\"en\"]\ntime_zone = \"UTC\"\n{more}"
        );
        self.with(name, "pack.toml", manifest)
    }

    /// Replaces a text that stands in a file of `core`.
    pub(crate) fn edited(self, path: &str, from: &str, to: &str) -> Self {
        let known = FILES.iter().find(|(known, _)| *known == path).expect("a file").1;
        let text =
            self.0["core"].get(path).map_or(known, |now| std::str::from_utf8(now).expect("text"));
        assert!(text.contains(from), "{from} stands in {path}");
        let edited = text.replacen(from, to, 1);
        self.with("core", path, edited)
    }

    /// The pack, which must have no errors.
    pub(crate) fn pack(&self, name: &str) -> Pack {
        load(name, self).map_err(texts).expect("a right pack")
    }

    /// What is said of a pack and its places.
    pub(crate) fn said(&self, name: &str) -> Vec<String> {
        texts(crate::load::check(name, self))
    }
}

impl Packs for Tiny {
    fn folder(&self, name: &str) -> Option<Folder> {
        self.0.get(name).cloned()
    }
}

/// Findings as texts.
#[expect(clippy::needless_pass_by_value, reason = "passed to map_err as it is")]
pub(crate) fn texts(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}
