//! What every command has at hand: words, terminal, configuration, and the way to the node.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::{Node, NodeFiles, Pack, Viewer};

use crate::cli::Globals;
use crate::config::Config;
use crate::exit::Failure;
use crate::system;
use crate::terminal::Terminal;
use crate::words::Words;

/// Where the node is when nothing is said.
const DATA_DEFAULT: &str = "casque-data";

/// What every command has at hand.
pub(crate) struct Context<'a> {
    /// What is said to people.
    pub(crate) words: &'a Words,
    /// Where it is said.
    pub(crate) terminal: &'a mut Terminal,
    /// What the environment says.
    pub(crate) config: &'a Config,
    /// The flags of every command.
    pub(crate) globals: &'a Globals,
}

impl Context<'_> {
    /// Whether documents are wanted instead of tables.
    pub(crate) const fn json(&self) -> bool {
        self.globals.json
    }

    /// The folder of the node.
    pub(crate) fn folder(&self) -> PathBuf {
        let named = self.globals.data.as_ref().or(self.config.data.as_ref());
        named.cloned().unwrap_or_else(|| PathBuf::from(DATA_DEFAULT))
    }

    /// Whether there is a node.
    pub(crate) fn has_node(&self) -> bool {
        NodeFiles::new(&self.folder()).exist()
    }

    /// The node, whoever acts.
    pub(crate) fn node(&self) -> Result<Node, Failure> {
        Ok(Node::open(&self.folder(), system::environment())?)
    }

    /// The node and the acting user.
    pub(crate) fn session(&self) -> Result<(Node, Viewer), Failure> {
        let node = self.node()?;
        let user = self.globals.user.as_ref().or(self.config.user.as_ref());
        let viewer = node.viewer(user.map(String::as_str))?;
        Ok((node, viewer))
    }

    /// The pack in a folder, or the one of the node where no folder is named.
    pub(crate) fn pack(&self, folder: Option<&Path>) -> Result<Arc<Pack>, Failure> {
        Ok(match folder {
            Some(folder) => Arc::new(app::load_pack(folder)?),
            None => Arc::clone(self.node()?.pack()),
        })
    }
}
