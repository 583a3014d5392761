//! What phones send, over HTTP to the program as people run it: forms filled in, each another one,
//! without a photo and with one, one after the other on one connection.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value as Json;

use super::process::{self, Process};
use super::servers::address;
use crate::measure::{Stopwatch, Times, load_average, machine};
use crate::random::Random;
use crate::subject::casque;

/// How many a phone may send at once; so many phones take turns.
const PHONE: u64 = 350;
/// Sent before anything is measured, by a phone of its own.
const FIRST: u64 = 100;
/// What stands before the path in an invitation.
const ADDRESS: &str = "http://node";
const BOUNDARY: &str = "--------bench";
const TYPES: [&str; 3] = ["AC-CLASH", "VC-KILL", "AC-SHELL"];

/// Sends so many of each kind and tells the rows of the table.
pub(crate) fn run(
    submissions: u64,
    seed: u64,
    (work, program): (&Path, &Path),
    command: &str,
) -> anyhow::Result<String> {
    let pack = casque::benchmark_pack(work)?;
    let folder = work.join("node");
    drop(casque::new_node(&folder, &pack, "everything")?);
    ensure!(
        program.is_file(),
        "there is no {}: cargo build --release -p server",
        program.display()
    );
    let phones = 1 + 2 * submissions.div_ceil(PHONE);
    let keys = (0..phones).map(|_nth| key(program, &folder)).collect::<anyhow::Result<_>>()?;
    let (process, base) = served(program, &folder)?;
    let mut sending = Sending::new(&base, keys, process, seed);
    sending.phone(0, FIRST, 0)?;
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "{submissions} forms of register `incident` with 12 answers of each kind, seed {seed}, one after the other on one connection; \
             all answered 201. CPU is that of the server's process alone."
        ),
        String::new(),
        "| submission | bytes | CPU ms | per CPU second | p50 ms | p99 ms | sent a second |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for (name, photo) in [("without photo", 0), ("with a photo of 100 kB", 100_000)] {
        lines.push(sending.row(name, submissions, photo)?);
    }
    lines.push(format!("\nLoad average at the end: {}.", load_average()));
    Ok(lines.join("\n"))
}

/// The path of the server that one more phone is set up with.
fn key(program: &Path, folder: &Path) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    command.args(["phone", "invite", "--json", "--url", ADDRESS, "--data"]).arg(folder);
    let output = command.output().context("cannot run casque")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "casque phone invite failed: {said}");
    let invited: Json = serde_json::from_slice(&output.stdout).context("no JSON of a key")?;
    let path = invited["url"].as_str().and_then(|url| url.strip_prefix(ADDRESS));
    path.map(str::to_owned).context("no address")
}

/// A server on a port of its own, and its address.
fn served(program: &Path, folder: &Path) -> anyhow::Result<(Process, String)> {
    ensure!(
        program.is_file(),
        "there is no {}: cargo build --release -p server",
        program.display()
    );
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = Process::start(&mut command)?;
    let stdout = process.0.stdout.take().context("its output is a pipe")?;
    let base = address(stdout)?;
    Ok((process, base))
}

/// A connection that sends, and what it sends to.
struct Sending {
    agent: ureq::Agent,
    base: String,
    keys: Vec<String>,
    /// Ended when this is dropped.
    process: Process,
    random: Random,
    /// The next key that has sent nothing.
    next: usize,
    sent: u64,
    bytes: u64,
    times: Times,
}

impl Sending {
    fn new(base: &str, keys: Vec<String>, process: Process, seed: u64) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let (random, times) = (Random::new(seed, 7), Times::default());
        let base = base.to_owned();
        Self { agent, base, keys, process, random, next: 1, sent: 0, bytes: 0, times }
    }

    /// Sends so many and tells what they cost.
    fn row(&mut self, name: &str, submissions: u64, photo: usize) -> anyhow::Result<String> {
        (self.bytes, self.times) = (0, Times::default());
        let (before, watch) = (process::cpu(&[self.process.0.id()])?, Stopwatch::start());
        let mut left = submissions;
        while left > 0 {
            let share = left.min(PHONE);
            self.phone(self.next, share, photo)?;
            self.next += 1;
            left -= share;
        }
        let wall = watch.elapsed().as_secs_f64();
        let cpu = process::cpu(&[self.process.0.id()])?.saturating_sub(before).as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        let count = submissions as f64;
        Ok(format!(
            "| {name} | {} | {:.2} | {:.0} | {:.2} | {:.2} | {:.0} |",
            self.bytes / submissions,
            cpu * 1_000.0 / count,
            count / cpu,
            self.times.percentile_ms(50),
            self.times.percentile_ms(99),
            count / wall,
        ))
    }

    fn phone(&mut self, key: usize, submissions: u64, photo: usize) -> anyhow::Result<()> {
        let key = self.keys.get(key).context("no key is left")?;
        let url = format!("{}{key}/submission?deviceID=bench", self.base);
        for _nth in 0..submissions {
            self.sent += 1;
            let body = body(&mut self.random, self.sent, photo);
            self.bytes += body.len() as u64;
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            let watch = Stopwatch::start();
            let request = self.agent.post(&url).header("Content-Type", kind);
            let mut answer = request.header("X-OpenRosa-Version", "1.0").send(&body[..])?;
            let text = answer.body_mut().read_to_string()?;
            self.times.add(watch.elapsed(), Duration::ZERO);
            ensure!(answer.status() == 201, "{} {text}", answer.status());
        }
        Ok(())
    }
}

/// A filled form, and a photo of so many bytes where there is to be one: no two are alike.
fn body(random: &mut Random, number: u64, photo: usize) -> Vec<u8> {
    let kind = random.pick(&TYPES);
    let (day, hour) = (1 + random.below(28), random.below(24));
    let (lat, lon) = (13_000 + random.below(4_000), 1_000 + random.below(6_000));
    let words: Vec<String> = (0..30).map(|_nth| format!("word{}", random.below(5_000))).collect();
    let xml = format!(
        "<?xml version='1.0' ?><data id=\"incident\" version=\"1\" \
         xmlns:orx=\"http://openrosa.org/xforms\"><occurrence_group>\
         <occurred_at>2023-05-{day:02}T{hour:02}:00:00.000Z</occurred_at></occurrence_group>\
         <place_group><place>{}.{:03} -{}.{:03} 0 0</place><place_name>Village {number}</place_name>\
         <admin1>ML05</admin1><admin2>ML0501</admin2></place_group><what_group><type>{kind}</type>\
         <summary>{}</summary></what_group><who_group><side_a>armed men</side_a>\
         <side_b>farmers</side_b></who_group><effects_group><civilian_harm>yes</civilian_harm>\
         </effects_group><casualties_group><deaths_best>{}</deaths_best><injured_best>{}</injured_best>\
         </casualties_group><orx:meta><orx:instanceID>uuid:{number:08}-bench</orx:instanceID>\
         </orx:meta></data>",
        lat / 1_000,
        lat % 1_000,
        lon / 1_000,
        lon % 1_000,
        words.join(" "),
        random.below(9),
        random.below(9),
    );
    let mut body = part("xml_submission_file", "text/xml", xml.as_bytes());
    if photo > 0 {
        let mut content = b"\xff\xd8\xff\xda\0\x02".to_vec();
        while content.len() < photo {
            content.extend_from_slice(&random.next().to_be_bytes());
        }
        body.extend(part("photo.jpg", "image/jpeg", &content));
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn part(name: &str, media_type: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
         Content-Type: {media_type}\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n"].concat()
}
