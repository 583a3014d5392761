//! One connection to one server, kept open, that gets and reads whole answers.

use anyhow::{Context, ensure};

/// The largest answer that is read.
const BODY_MAX: u64 = 256 << 20;

/// A connection.
#[derive(Debug)]
pub(crate) struct Client {
    agent: ureq::Agent,
    base: String,
    authorization: Option<String>,
}

impl Client {
    /// To the server at `base`, with a bearer token where it wants one.
    pub(crate) fn new(base: &str, token: Option<&str>) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let authorization = token.map(|token| format!("Bearer {token}"));
        Self { agent: config.into(), base: base.to_owned(), authorization }
    }

    /// The body of an answer; anything but success is an error that shows it.
    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<Vec<u8>> {
        let url = format!("{}{path}", self.base);
        let mut request = self.agent.get(&url).header("Accept-Encoding", "identity");
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let mut answer = request.call().with_context(|| format!("cannot get {url}"))?;
        let status = answer.status();
        let body = answer.body_mut().with_config().limit(BODY_MAX).read_to_vec()?;
        ensure!(status.is_success(), "{status} for {url}: {}", String::from_utf8_lossy(&body));
        Ok(body)
    }

    /// Address of a path, for another program.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The header other programs have to send.
    pub(crate) fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }
}
