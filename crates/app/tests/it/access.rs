//! A node that people sign in to, on a clock that its tests set.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::{AppError, Caller, Environment, Kind, NewUser, Node, SignedIn};
use testkit::{FixedClock, SeededRandomness};
use totp_rs::{Builder, Secret};

use crate::support::{packs, refusal, user};

pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
pub(crate) const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
pub(crate) const PASSWORD: &str = "the river is low";
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A node on a clock that can be set, with `admin` and `awa`, who both have a password.
pub(crate) struct Access {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) node: Node,
}

impl Access {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(FixedClock::at("2026-11-22T08:00:00Z"));
        let data = folder.path().join("node");
        let admin = with_password("admin", &["administrator"]);
        let environment = environment(&clock, 1);
        let node = Node::create(&data, &packs().join("minusek"), admin, environment);
        let mut access = Self { folder, clock, node: node.expect("a node") };
        let admin = access.node.viewer(None).expect("one administrator");
        let awa = with_password("awa", &["jmac-analyst"]);
        access.node.add_user(&admin, awa).expect("added");
        access
    }

    /// Another connection to the same node, as another process has it.
    pub(crate) fn another(&self) -> Node {
        let environment = environment(&self.clock, 99);
        Node::open(&self.folder.path().join("node"), environment).expect("opened")
    }

    pub(crate) fn sign_in(&mut self, name: &str) -> SignedIn {
        self.node.sign_in(name, PASSWORD, None, HERE).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn guess(&mut self, name: &str, address: IpAddr) -> Result<SignedIn, AppError> {
        // Only what is counted matters here, so the slow step is left out.
        self.node.sign_in_begin(name, address).map(drop).and(Err(wrong()))
    }

    pub(crate) fn caller(&self, signed_in: &SignedIn) -> Option<Caller> {
        let secret = signed_in.secret.reveal().as_bytes();
        self.node.session_caller(secret).expect("looked up")
    }

    /// Puts one-time codes in force for a user who is signed in.
    pub(crate) fn enrol(&mut self, caller: &Caller) -> String {
        let secret = self.node.totp_begin(caller).expect("a secret").secret;
        let code = self.code(&secret, 0);
        self.node.totp_confirm(caller, &code).expect("confirmed");
        secret
    }

    /// The code so many steps from now.
    pub(crate) fn code(&self, secret: &str, steps: i64) -> String {
        use model::time::Clock;
        let seconds = self.clock.now().as_ms() / 1_000 + steps * 30;
        let secret = Secret::try_from_base32(secret).expect("a secret");
        let totp = Builder::new().with_secret(secret).build().expect("codes");
        totp.generate(seconds.unsigned_abs()).to_string()
    }
}

fn environment(clock: &Arc<FixedClock>, seed: u64) -> Environment {
    Environment {
        clock: Box::new(Arc::clone(clock)),
        randomness: Box::new(SeededRandomness::new(seed)),
    }
}

pub(crate) fn with_password(name: &str, roles: &[&str]) -> NewUser {
    NewUser { password: Some(PASSWORD.to_owned()), ..user(name, roles) }
}

fn wrong() -> AppError {
    AppError::absent("sign-in-refused", "")
}

pub(crate) fn throttled<T: std::fmt::Debug>(outcome: &Result<T, AppError>) -> bool {
    matches!(outcome, Err(error) if error.findings[0].code == "sign-in-throttled")
}

const REFUSED: (Kind, [&str; 1]) = (Kind::DeniedOrAbsent, ["sign-in-refused"]);

pub(crate) fn assert_refused(outcome: Result<SignedIn, AppError>) {
    let (kind, codes) = refusal(outcome);
    assert_eq!((kind, &codes[..]), (REFUSED.0, &REFUSED.1[..]));
}
