//! What serving needs beside a sound node: a free port, a folder of one's own, room on the disk, the
//! pages, a certificate that holds.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use app::{AppError, Check, Condition, NodeFiles};
use model::finding::Finding;
use model::time::Timestamp;

use crate::http::tls::Identity;
use crate::http::{HEALTH, HEALTHY};
use crate::{cli, ui};

/// Rights of others than the owner.
const OTHERS: u32 = 0o077;
/// Below this much room, in bytes, a node may be full by tomorrow.
const ROOM_MIN: u64 = 1 << 30;
/// Below this much nothing more is to be written.
const ROOM_LEAST: u64 = 64 << 20;
/// Days before its end in which a certificate is worth a word.
const DAYS_LEFT: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long whoever listens on the port may take to say who they are, and with how many bytes.
const PATIENCE: Duration = Duration::from_secs(2);
const HEALTH_BYTES_MAX: u64 = 8 << 10;

/// Looks at everything. It changes nothing that stays.
pub(super) fn checks(files: &NodeFiles, now: Timestamp) -> Vec<Check> {
    vec![
        Check { what: "folder", condition: folder(files) },
        Check { what: "disk", condition: disk(&files.folder) },
        Check { what: "port", condition: port(cli::listen_default()) },
        Check { what: "pages", condition: pages() },
        Check { what: "certificate", condition: certificate(&files.folder, now) },
    ]
}

/// Whether the folder can be written, and nobody else reads the key.
fn folder(files: &NodeFiles) -> Condition {
    let probe = files.folder.join(".doctor");
    if let Err(error) = fs::write(&probe, "").and_then(|()| fs::remove_file(&probe)) {
        return bad(AppError::file(&files.folder, error));
    }
    let rights = |path: &Path| fs::metadata(path).map_or(0, |file| file.permissions().mode());
    match [files.key(), files.database()].iter().find(|path| rights(path) & OTHERS != 0) {
        Some(open) => {
            let finding = Finding::error("file-open-to-others");
            Condition::Bad(finding.in_file(open.display().to_string()))
        }
        None => Condition::Good,
    }
}

fn disk(folder: &Path) -> Condition {
    let Ok(disk) = rustix::fs::statvfs(folder) else { return Condition::Good };
    let room = disk.f_bavail.saturating_mul(disk.f_frsize);
    let told = |finding: Finding| finding.with("megabytes", room >> 20);
    match room {
        ROOM_MIN.. => Condition::Good,
        ROOM_LEAST.. => Condition::Warning(told(Finding::warning("disk-nearly-full"))),
        _ => Condition::Bad(told(Finding::error("disk-nearly-full"))),
    }
}

/// Whether the port is free, or a casque serves on it already.
fn port(address: SocketAddr) -> Condition {
    match TcpListener::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse && !is_casque(address) => {
            Condition::Warning(Finding::warning("address-in-use").with("address", address))
        }
        _ => Condition::Good,
    }
}

/// Whether what listens at an address answers as a casque does that speaks no TLS.
fn is_casque(address: SocketAddr) -> bool {
    let asked = || {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let question = "HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(format!("GET {HEALTH} {question}").as_bytes())?;
        let mut said = String::new();
        stream.take(HEALTH_BYTES_MAX).read_to_string(&mut said)?;
        Ok::<String, std::io::Error>(said)
    };
    asked().is_ok_and(|said| said.starts_with("HTTP/1.1 200 ") && said.ends_with(HEALTHY))
}

fn pages() -> Condition {
    if ui::BUILT { Condition::Good } else { Condition::Warning(Finding::warning("pages-missing")) }
}

/// Whether the certificate that the node made for itself, where it did, still holds.
fn certificate(folder: &Path, now: Timestamp) -> Condition {
    let identity = Identity::own(folder);
    if !identity.certificate.exists() {
        return Condition::Good;
    }
    let end = match identity.acceptor().and_then(|_| identity.end()) {
        Ok(end) => end,
        Err(error) => return bad(error),
    };
    let left = end.map_or(i64::MAX, |end| (end.as_ms() - now.as_ms()) / DAY_MS);
    let told = |finding: Finding| finding.with("days", left.max(0));
    match left {
        ..1 => Condition::Bad(told(Finding::error("tls-ends"))),
        1..DAYS_LEFT => Condition::Warning(told(Finding::warning("tls-ends"))),
        _ => Condition::Good,
    }
}

fn bad(error: AppError) -> Condition {
    let finding = error.findings.into_iter().next();
    finding.map_or(Condition::Good, Condition::Bad)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;
    use crate::http::tls;
    use crate::system;

    fn code(condition: &Condition) -> &'static str {
        match condition {
            Condition::Good => "good",
            Condition::Warning(finding) | Condition::Bad(finding) => finding.code,
        }
    }

    #[test]
    fn a_port_that_is_taken_is_noticed() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = taken.local_addr().expect("its address");
        let found = |said: &str| {
            let asked = std::thread::spawn(move || code(&port(address)));
            let mut stream = BufReader::new(taken.accept().expect("the question").0);
            let mut line = String::new();
            while stream.read_line(&mut line).expect("the question") > 2 {}
            stream.get_mut().write_all(said.as_bytes()).expect("an answer");
            drop(stream);
            asked.join().expect("an answer")
        };
        assert_eq!(found(""), "address-in-use");
        assert_eq!(found("HTTP/1.1 200 OK\r\n\r\nhello"), "address-in-use");
        assert_eq!(found(&format!("HTTP/1.1 200 OK\r\n\r\n{HEALTHY}")), "good", "one of ours");
        drop(taken);
        assert_eq!(code(&port(address)), "good");
    }

    #[test]
    fn a_key_that_others_read_is_noticed() {
        let files = NodeFiles::new(tempfile::tempdir().expect("a folder").path());
        assert_ne!(code(&folder(&files)), "good", "the folder is gone");
        fs::create_dir(&files.folder).expect("a folder");
        fs::write(files.key(), "key").expect("a key");
        let give = |mode| {
            fs::set_permissions(files.key(), fs::Permissions::from_mode(mode)).expect("rights");
        };
        give(0o644);
        assert_eq!(code(&folder(&files)), "file-open-to-others");
        give(0o600);
        assert_eq!(code(&folder(&files)), "good");
        fs::remove_dir_all(&files.folder).expect("removed");
    }

    #[test]
    fn a_certificate_is_told_before_it_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = system::environment().clock;
        let days = |days: i64| Timestamp::from_ms(clock.now().as_ms() + days * DAY_MS);
        assert!(matches!(certificate(folder.path(), days(0)), Condition::Good));
        let names = ["localhost".to_owned()];
        tls::own(folder.path(), &names, &*clock).expect("a certificate");
        assert!(matches!(certificate(folder.path(), days(0)), Condition::Good));
        assert!(matches!(certificate(folder.path(), days(790)), Condition::Warning(_)));
        assert!(matches!(certificate(folder.path(), days(801)), Condition::Bad(_)));
    }
}
