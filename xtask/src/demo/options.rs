//! The flags of `cargo xtask demo`.

use std::path::{Path, PathBuf};

use anyhow::Context;

const PACK: &str = "minusma";
const DATA: &str = "demo-data";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    data: Option<PathBuf>,
    /// Delete the node and start over.
    pub(crate) fresh: bool,
    /// The folder under `packs/`.
    pub(crate) pack: String,
    /// A Geo-PKO file, which has no licence to be shipped.
    pub(crate) geopko: Option<PathBuf>,
}

impl Options {
    /// The options, or nothing when a flag is not known.
    pub(crate) fn parse(arguments: &[String]) -> anyhow::Result<Option<Self>> {
        let mut options = Self { data: None, fresh: false, pack: PACK.to_owned(), geopko: None };
        let mut rest = arguments.iter();
        while let Some(flag) = rest.next() {
            if flag == "--fresh" {
                options.fresh = true;
                continue;
            }
            let mut value = || rest.next().with_context(|| format!("{flag} needs a value"));
            match flag.as_str() {
                "--data" => options.data = Some(value()?.into()),
                "--pack" => options.pack.clone_from(value()?),
                "--geopko" => options.geopko = Some(value()?.into()),
                _ => return Ok(None),
            }
        }
        Ok(Some(options))
    }

    /// The node's folder: as given, from where the person is; else one per pack in the workspace.
    pub(crate) fn data_folder(&self, root: &Path) -> anyhow::Result<PathBuf> {
        match &self.data {
            Some(data) => std::path::absolute(data).context("the data folder has no path"),
            None if self.pack == PACK => Ok(root.join(DATA)),
            None => Ok(root.join(format!("{DATA}-{}", self.pack))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> anyhow::Result<Option<Options>> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn every_flag_is_read() {
        let options = parse("--fresh --pack minusek --data d --geopko g.csv").unwrap().unwrap();
        assert!(options.fresh && options.pack == "minusek");
        assert_eq!((options.data, options.geopko), (Some("d".into()), Some("g.csv".into())));
    }

    #[test]
    fn each_pack_has_its_own_node() {
        let root = Path::new("casque");
        let folder = |line: &str| parse(line).unwrap().unwrap().data_folder(root).unwrap();
        assert_eq!(folder(""), root.join("demo-data"));
        assert_eq!(folder("--pack minusek"), root.join("demo-data-minusek"));
    }

    #[test]
    fn wrong_flags_are_refused() {
        assert_eq!(parse("--frsh").unwrap(), None);
        assert_eq!(parse("--pack").unwrap_err().to_string(), "--pack needs a value");
    }
}
