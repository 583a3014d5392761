//! What hostile and broken clients do to a served node: they get a plain answer or are cut off, and
//! somebody else is served meanwhile.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;

use serde_json::json;
use ureq::http::Method;

use crate::casque::{Casque, bare};
use crate::server::{Server, begun};

/// Everything that comes until the connection ends, also where it ends badly.
fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(count) = stream.read(&mut piece) {
        if count == 0 {
            break;
        }
        said.extend_from_slice(&piece[..count]);
    }
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn a_header_that_is_never_finished_is_cut_off() {
    let casque = Casque::new();
    let server = Server::with(&casque, &["--header-seconds", "1"]);
    let mut slow = server.connect();
    slow.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\nx: ").expect("sent");
    // Without the limit this would never end, and the test with it.
    assert!(!rest(&mut slow).contains("200 OK"));
    assert_eq!(server.get("/health", None).status, 200);
}

#[test]
fn a_connection_that_asks_nothing_is_cut_off_and_one_that_rests_too_long_as_well() {
    let casque = Casque::new();
    let server = Server::with(&casque, &["--header-seconds", "1"]);
    let mut silent = server.connect();
    assert_eq!(rest(&mut silent), "");
    let mut resting = server.connect();
    resting.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").expect("sent");
    assert!(rest(&mut resting).starts_with("HTTP/1.1 200 OK"));
}

/// How many threads open connections.
const HANDS: usize = 8;

/// As many as the system lets one process have.
fn half_open(server: &Server<'_>, wanted: usize) -> Vec<TcpStream> {
    let address = server.address();
    let some = move || {
        let mut streams = Vec::new();
        for _ in 0..wanted / HANDS {
            let Ok(mut stream) = TcpStream::connect(address) else { break };
            if stream.write_all(b"GET / HTTP/1.1\r\nx: ").is_ok() {
                streams.push(stream);
            }
        }
        streams
    };
    let hands: Vec<_> = (0..HANDS).map(|_| std::thread::spawn(some)).collect();
    hands.into_iter().flat_map(|hand| hand.join().expect("connections")).collect()
}

#[test]
fn half_open_connections_by_the_thousand_keep_nobody_out() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    // Other files are open as well: some are left for them.
    let files = Command::new("sh").args(["-c", "ulimit -n"]).output().expect("a shell").stdout;
    let files: usize = String::from_utf8_lossy(&files).trim().parse().unwrap_or(usize::MAX);
    let open = half_open(&server, files.saturating_sub(100).min(10_000));
    assert!(open.len() > 500, "only {} connections", open.len());
    println!("{} half-open connections", open.len());
    for _ in 0..20 {
        assert_eq!(server.get("/health", None).status, 200);
    }
    assert_eq!(server.get("/api/nothing", None).status, 401);
    drop(open);
    assert_eq!(server.get("/health", None).status, 200);
}

#[test]
fn an_address_has_only_its_share_of_the_connections() {
    let casque = Casque::new();
    let flags = ["--connections-per-address", "2", "--host", "node.example"];
    let mut command = casque.command(["serve", "--listen", "0.0.0.0:0"].iter().chain(&flags));
    let Some(address) = own_address() else { return };
    let server = Server::of(&casque, {
        command.env("NO_COLOR", "1");
        command
    });
    let connect = || TcpStream::connect((address, server.address().port())).expect("a connection");
    let mut idle = connect();
    let busy: Vec<TcpStream> = (0..2).map(|_| begun(connect(), 1)).collect();
    assert_eq!(rest(&mut idle), "", "it made room");
    assert!(rest(&mut connect()).starts_with("HTTP/1.1 503 "));
    drop(busy);
}

/// An address of this machine that is not for itself alone.
fn own_address() -> Option<std::net::IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn addresses_and_headers_have_their_limits() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let long = format!("/health?{}", "a".repeat(9_000));
    server.get(&long, None).is_problem(414, "address-too-long");
    let longer = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(100_000));
    let said = server.say(longer.as_bytes());
    assert!(said.starts_with("HTTP/1.1 4"), "{said}");
    let many = "x: y\r\n".repeat(500);
    let said = server.say(format!("GET /health HTTP/1.1\r\n{many}\r\n").as_bytes());
    assert!(said.starts_with("HTTP/1.1 431 "), "{said}");
    let wide = format!("GET /health HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(40_000));
    assert!(server.say(wide.as_bytes()).starts_with("HTTP/1.1 431 "));
    assert_eq!(server.get("/health", None).status, 200);
}

#[test]
fn junk_behind_a_request_ends_the_connection_after_its_answer() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let asked = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let said = server.say(format!("{asked}{asked}\0\0junk\r\n\r\n").as_bytes());
    assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 2, "{said}");
    assert_eq!(said.matches("HTTP/1.1 400 ").count(), 1, "{said}");
}

#[test]
fn two_lengths_or_a_length_beside_pieces_smuggle_nothing() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    for headers in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked, identity",
        "content-length: -5",
    ] {
        let asked = format!(
            "POST /health HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n\r\n0\r\n\r\n\
             GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        );
        let said = server.say(asked.as_bytes());
        assert!(said.starts_with("HTTP/1.1 4"), "{headers}: {said}");
        assert!(said.matches("HTTP/1.1 200").count() <= 1, "{headers}: {said}");
    }
}

#[test]
fn head_and_options_say_what_an_address_has() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let head = server.send(Method::HEAD, "/health", &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let options = server.send(Method::OPTIONS, "/health", &[], b"");
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, OPTIONS"));
    let deleted = server.send(Method::DELETE, "/health", &[("authorization", "Bearer x")], b"");
    deleted.is_problem(405, "method-not-allowed");
    assert_eq!(deleted.header("allow"), "GET, HEAD, OPTIONS");
    let traced =
        server.say(b"TRACE /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert!(traced.starts_with("HTTP/1.1 405 "), "{traced}");
}

#[test]
fn other_hosts_and_other_sites_are_refused() {
    let casque = Casque::new();
    let server = Server::with(&casque, &["--host", "Node.Example"]);
    let at = |host: &str| server.send(Method::GET, "/health", &[("host", host)], b"");
    at("evil.example").is_problem(421, "host-unknown");
    assert_eq!(at("node.example:8271").status, 200);
    let forged = [("origin", "http://evil.example"), ("content-type", "application/json")];
    server.send(Method::POST, "/api/sign-in", &forged, b"{}").is_problem(403, "cross-site");
    let french = [("accept-language", "fr-FR"), ("host", "evil.example")];
    let told = server.send(Method::GET, "/health", &french, b"").json();
    assert_eq!(told["title"], "ce nœud ne répond pas au nom evil.example");
}

/// A client that sends its request in two pieces sees the answer to the first, and goes on.
#[test]
fn a_request_is_refused_before_its_body_came_and_the_connection_stays() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let long = format!("/{}", "a".repeat(9_000));
    for (path, headers, status) in [
        ("/api/sign-in", "host: evil.example", 421),
        ("/api/sign-in", "host: localhost\r\norigin: http://evil.example", 403),
        (long.as_str(), "host: localhost", 414),
        ("/api/users", "host: localhost", 401),
    ] {
        let mut stream = BufReader::new(server.connect());
        let head = format!("POST {path} HTTP/1.1\r\n{headers}\r\ncontent-length: 4\r\n\r\n");
        stream.get_mut().write_all(head.as_bytes()).expect("sent");
        assert_eq!(answered(&mut stream), status, "{headers}");
        let more = "body\
                    GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
        stream.get_mut().write_all(more.as_bytes()).expect("sent");
        assert_eq!(answered(&mut stream), 200, "after {headers}");
    }
}

/// Reads one answer; its status.
fn answered(stream: &mut BufReader<TcpStream>) -> u16 {
    let (mut status, mut length) = (0, 0);
    for line in stream.by_ref().lines() {
        let line = line.expect("an answer");
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            let code = rest.split(' ').next().unwrap_or_default();
            status = code.parse().expect("a status");
        } else if let Some(bytes) = line.strip_prefix("content-length: ") {
            length = bytes.parse().expect("a length");
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    status
}

#[test]
fn tls_with_a_certificate_of_its_own_is_kept_and_plain_text_is_not_answered() {
    let casque = Casque::new();
    let kept = || fs::read(casque.data().join("tls-certificate.pem")).expect("a certificate");
    let server = Server::with(&casque, &["--tls-self-made"]);
    let first = kept();
    let health = server.get("/health", None);
    assert_eq!(health.status, 200);
    assert!(health.header("strict-transport-security").starts_with("max-age="));
    assert!(!server.say(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").contains("200 OK"));
    drop(server);
    drop(Server::with(&casque, &["--tls-self-made"]));
    assert_eq!(kept(), first);
}

#[test]
fn a_client_that_asks_before_it_sends_too_much_is_told_at_once() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let said = server.say(
        b"POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
          content-length: 52428800\r\nexpect: 100-continue\r\n\r\n",
    );
    assert!(said.starts_with("HTTP/1.1 413 "), "{said}");
}

#[test]
fn a_body_of_50_megabytes_is_refused_whether_announced_or_not() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let large = vec![b' '; 50 << 20];
    let json = ("content-type", "application/json");
    let announced = server.send(Method::POST, "/api/sign-in", &[json], &large);
    announced.is_problem(413, "body-too-large");
    let mut unannounced = server.connect();
    unannounced
        .write_all(
            b"POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
              connection: close\r\ntransfer-encoding: chunked\r\n\r\n",
        )
        .expect("sent");
    for piece in large.chunks(1 << 20) {
        unannounced.write_all(b"100000\r\n").expect("sent");
        unannounced.write_all(piece).expect("sent");
        unannounced.write_all(b"\r\n").expect("sent");
    }
    unannounced.write_all(b"0\r\n\r\n").expect("sent");
    let said = rest(&mut unannounced);
    assert!(said.starts_with("HTTP/1.1 413 ") && said.contains("body-too-large"), "{said}");
    let nobody = server.send(Method::POST, "/api/registers/incident/records", &[json], &large);
    assert!([401, 404].contains(&nobody.status), "{nobody:?}");
}

#[test]
fn a_full_disk_during_a_request_is_told_and_nothing_is_lost() {
    let casque = Casque::new();
    let mut command = Command::new("bash");
    bare(&mut command);
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" serve --listen 127.0.0.1:0";
    command.args(["-c", script, env!("CARGO_BIN_EXE_casque")]).env("CASQUE_DATA", casque.data());
    let token = Server::start(&casque).token("admin");
    let server = Server::of(&casque, command);
    let create = |text: String| {
        let values = json!({ "type": "VC-KILL", "occurred_at": "2020-01-01", "assessment": text });
        let values = json!({ "values": values });
        server.ask(Method::POST, "/api/registers/incident/records", Some(&token), Some(&values))
    };
    let mut made: u64 = 0;
    let refused =
        (0..400).map(|at| create(format!("{at} {}", "long ".repeat(2_000)))).find(|answer| {
            made += u64::from(answer.status == 201);
            answer.status != 201
        });
    let refused = refused.expect("the disk is full at some time");
    assert!([503, 507].contains(&refused.status), "{refused:?}");
    assert_eq!(server.get("/health", None).status, 200);
    let read = server.get("/api/registers/incident/records?count=true", Some(&token));
    assert_eq!((read.status, &read.json()["matched"]), (200, &made.into()), "{made} made");
    drop(server);
    assert_eq!(casque.total(), made);
    casque.assert_whole();
}
