//! Throughput: wrk asks all windows round and round over eight connections, on the same cores.

use std::fmt::Write;
use std::process::Command;

use anyhow::{Context, ensure};

use super::program;
use super::servers::Serving;
use crate::workload::Window;

const CONNECTIONS: u32 = 8;

/// Requests a second and p99 milliseconds; nothing where wrk is not there.
pub(crate) fn run(
    server: &Serving,
    windows: &[Window],
    seconds: u32,
) -> anyhow::Result<Option<(f64, f64)>> {
    let Some(wrk) = program(None, "wrk").filter(|_| seconds > 0) else { return Ok(None) };
    let script = tempfile::Builder::new().suffix(".lua").tempfile()?;
    std::fs::write(script.path(), lua(server, windows)?)?;
    let mut command = Command::new(wrk);
    command.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s"), "--latency"]);
    command.args(["--timeout", "30s", "-s"]).arg(script.path()).arg(server.client.url("/"));
    let output = command.output().context("cannot run wrk")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "wrk failed: {said}");
    ensure!(!said.contains("Non-2xx"), "{} refused some requests of wrk: {said}", server.name);
    Ok(Some((requests(&said)?, p99(&said)?)))
}

fn lua(server: &Serving, windows: &[Window]) -> anyhow::Result<String> {
    let mut text = String::from("local paths = {\n");
    for window in windows {
        writeln!(text, "{:?},", server.path(window))?;
    }
    text.push_str("}\nlocal at = 0\nlocal headers = {}\n");
    if let Some(authorization) = server.client.authorization() {
        writeln!(text, "headers[\"Authorization\"] = {authorization:?}")?;
    }
    text.push_str(
        "request = function()\n  at = at % #paths + 1\n  return wrk.format('GET', paths[at], headers)\nend\n",
    );
    Ok(text)
}

fn requests(said: &str) -> anyhow::Result<f64> {
    let line = said.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    line.and_then(|rest| rest.trim().parse().ok()).context("wrk says no rate")
}

fn p99(said: &str) -> anyhow::Result<f64> {
    let line = said.lines().find_map(|line| line.trim().strip_prefix("99%"));
    let text = line.context("wrk says no 99 %")?.trim();
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1_000.0), ("m", 60_000.0)] {
        if let Some(number) = text.strip_suffix(unit)
            && let Ok(number) = number.parse::<f64>()
        {
            return Ok(number * factor);
        }
    }
    anyhow::bail!("wrk says `{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_latencies_are_read_from_what_wrk_says() {
        let said = "  Latency Distribution\n     50%    1.03ms\n     99%  912.00us\n\
                    Requests/sec:   1234.56\n";
        assert!((requests(said).expect("a rate") - 1_234.56).abs() < 1e-9);
        assert!((p99(said).expect("a time") - 0.912).abs() < 1e-9);
        assert!((p99("99%    1.50s").expect("a time") - 1_500.0).abs() < 1e-9);
        assert!(requests("").is_err());
    }
}
