//! The flags of `cargo xtask demo`.

use std::path::{Path, PathBuf};

use anyhow::Context;

const PACK: &str = "minusma";
const DATA: &str = "demo-data";
/// Where the pages are, as the README says.
const LISTEN: &str = "127.0.0.1:8271";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Where the node is, when it is not where the pack puts it.
    pub(crate) data: Option<PathBuf>,
    /// Delete the node and start over.
    pub(crate) fresh: bool,
    /// The folder under `packs/`.
    pub(crate) pack: String,
    /// A Geo-PKO file, which has no licence to be shipped.
    pub(crate) geopko: Option<PathBuf>,
    /// Where the pages are served; nothing to end after the questions.
    pub(crate) listen: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let (pack, listen) = (PACK.to_owned(), Some(LISTEN.to_owned()));
        Self { data: None, fresh: false, pack, geopko: None, listen }
    }
}

impl Options {
    /// The options, or nothing when a flag is not known.
    pub(crate) fn parse(arguments: &[String]) -> anyhow::Result<Option<Self>> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(flag) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{flag} needs a value"));
            match flag.as_str() {
                "--fresh" => options.fresh = true,
                "--no-serve" => options.listen = None,
                "--listen" => options.listen = Some(value()?.clone()),
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
        assert_eq!(options.listen.as_deref(), Some(LISTEN));
    }

    #[test]
    fn the_pages_can_be_elsewhere_or_nowhere() {
        let listen = |line: &str| parse(line).unwrap().unwrap().listen;
        assert_eq!(listen("--listen 127.0.0.1:9000").as_deref(), Some("127.0.0.1:9000"));
        assert_eq!(listen("--no-serve"), None);
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
