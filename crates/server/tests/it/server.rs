//! The binary as a server on a free port, and a client that asks it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;
use ureq::http::{HeaderMap, Method, Request};

use crate::casque::Casque;

/// A running server. It is killed with its value.
pub(crate) struct Server<'node> {
    /// Its node, which is to stay as long as it is served.
    casque: &'node Casque,
    child: Child,
    address: SocketAddr,
    scheme: String,
    agent: ureq::Agent,
}

impl<'node> Server<'node> {
    /// Serves a node; over as soon as it answers.
    pub(crate) fn start(casque: &'node Casque) -> Self {
        Self::with(casque, &[])
    }

    /// Serves a node with further flags.
    pub(crate) fn with(casque: &'node Casque, flags: &[&str]) -> Self {
        let command = casque.command(["serve", "--listen", "127.0.0.1:0"].iter().chain(flags));
        Self::of(casque, command)
    }

    /// Runs a command that serves.
    pub(crate) fn of(casque: &'node Casque, mut command: Command) -> Self {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
        let mut child = child.spawn().expect("the binary runs");
        let mut line = String::new();
        let out = child.stdout.as_mut().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let (scheme, address) = line.trim().split_once("://").unwrap_or_default();
        let address = address.parse().expect("the address it serves on");
        let tls = ureq::tls::TlsConfig::builder().disable_verification(true).build();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = agent.allow_non_standard_methods(true).tls_config(tls);
        Self { casque, child, address, scheme: scheme.to_owned(), agent: agent.build().into() }
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A token of a user, good for everything they may do.
    pub(crate) fn token(&self, user: &str) -> String {
        let line = format!("token create --user {user} --scope admin --json");
        let token = self.casque.line(&line).json()["token"].as_str().map(str::to_owned);
        token.expect("a token")
    }

    /// Asks for an address with a token, or as nobody.
    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.ask(Method::GET, path, token, None)
    }

    /// Sends a document with a method.
    pub(crate) fn ask(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        document: Option<&Json>,
    ) -> Answer {
        let mut headers = Vec::new();
        let bearer = token.map(|token| format!("Bearer {token}"));
        headers.extend(bearer.iter().map(|bearer| ("authorization", bearer.as_str())));
        headers.extend(document.map(|_json| ("content-type", "application/json")));
        let body = document.map(Json::to_string).unwrap_or_default();
        self.send(method, path, &headers, body.as_bytes())
    }

    /// Sends any request.
    pub(crate) fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let uri = format!("{}://{}{path}", self.scheme, self.address);
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let mut response = self.agent.run(request).expect("an answer");
        let text = response.body_mut().read_to_vec().expect("a body");
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: String::from_utf8_lossy(&text).into_owned(),
            bytes: text,
        }
    }

    /// A connection for tests that speak HTTP by hand.
    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("a connection")
    }

    /// Everything the server says to these bytes until it closes the connection.
    pub(crate) fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("sent");
        let mut said = Vec::new();
        stream.read_to_end(&mut said).expect("an end");
        String::from_utf8_lossy(&said).into_owned()
    }

    /// The most memory it has had, in KiB.
    pub(crate) fn memory_peak_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("its status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = peak.and_then(|peak| peak.split_whitespace().next());
        number.and_then(|number| number.parse().ok()).expect("a number")
    }

    /// Tells it to end as the system does; whether there is anybody to be told.
    pub(crate) fn tell_to_end(&self) -> bool {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success()
    }

    /// Tells it to end; how it ended and what it had said.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let told = self.tell_to_end();
        assert!(told || self.child.try_wait().is_ok_and(|ended| ended.is_some()));
        let mut said = String::new();
        let err = self.child.stderr.as_mut().expect("its errors");
        err.read_to_string(&mut said).expect("text");
        (self.child.wait().expect("an end").code(), said)
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A request that runs: the server asks for its body, of so many bytes.
pub(crate) fn begun(mut stream: TcpStream, bytes: usize) -> TcpStream {
    let head = format!(
        "POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {bytes}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("it asks for the body");
    assert!(go_on.starts_with(b"HTTP/1.1 100 Continue"));
    stream
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// The document of the answer.
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body).expect("a document")
    }

    /// A header, or nothing said.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// It is a problem of this status and code, with words and a way to mend it.
    pub(crate) fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("tag:casque:2026:{code}"), "{problem}");
        assert_eq!(problem["status"], status);
        for member in ["title", "detail"] {
            let words = problem[member].as_str().unwrap_or_default();
            assert!(words.len() > 5 && !words.contains("{$"), "{member} of {problem}");
        }
    }
}
