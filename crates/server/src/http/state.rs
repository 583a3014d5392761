//! What every request shares: the node's connections, the words, what `casque serve` was told.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::Node;

use crate::http::connections::Most;
use crate::http::hashing::Hashing;
use crate::http::nodes::Nodes;
use crate::http::rates::Rates;
use crate::words::{Language, Words};

/// The state as handlers get it.
pub(crate) type Shared = Arc<State>;

/// What every request shares.
pub(crate) struct State {
    /// The way to the node.
    pub(crate) nodes: Nodes,
    /// Turns for what hashes passwords.
    pub(crate) hashing: Hashing,
    /// How often phones send.
    pub(crate) rates: Rates,
    /// What `casque serve` was told.
    pub(crate) settings: Settings,
    english: Words,
    french: Words,
}

impl State {
    /// The state of a server for a node that is open.
    pub(crate) fn new(node: Node, settings: Settings) -> Shared {
        Arc::new(Self {
            nodes: Nodes::new(node),
            hashing: Hashing::default(),
            rates: Rates::default(),
            settings,
            english: Words::new(Language::En),
            french: Words::new(Language::Fr),
        })
    }

    /// The words of a language.
    pub(crate) const fn words(&self, language: Language) -> &Words {
        match language {
            Language::En => &self.english,
            Language::Fr => &self.french,
        }
    }
}

/// What `casque serve` was told.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Where it listens, the port as the system gave it.
    pub(crate) address: SocketAddr,
    /// Whether it speaks TLS.
    pub(crate) is_secure: bool,
    /// Names it answers to besides its address and `localhost`; in lower case.
    pub(crate) hosts: Vec<String>,
    /// How long a client may take for the header of a request, and stay silent between two.
    pub(crate) header_time: Duration,
    /// How many connections there may be.
    pub(crate) connections: Most,
}
