//! As much of `FastCGI` 1.0 as asking one program one question after another needs: requests without
//! a body, over one connection that stays open.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Context, ensure};

const VERSION: u8 = 1;
const REQUEST: u8 = 1;
const BEGIN: u8 = 1;
const END: u8 = 3;
const PARAMETERS: u8 = 4;
const INPUT: u8 = 5;
const OUTPUT: u8 = 6;
/// Role "responder", and the connection stays open afterwards.
const BEGIN_BODY: [u8; 8] = [0, 1, 1, 0, 0, 0, 0, 0];

/// The answer's body to a GET with this query.
pub(crate) fn get(connection: &mut TcpStream, query: &str) -> anyhow::Result<Vec<u8>> {
    let mut parameters = Vec::new();
    for (name, value) in [("REQUEST_METHOD", "GET"), ("QUERY_STRING", query)] {
        for text in [name, value] {
            parameters.push(u8::try_from(text.len()).context("a text longer than its length")?);
        }
        parameters.extend([name, value].concat().bytes());
    }
    let parts: [(u8, &[u8]); 4] =
        [(BEGIN, &BEGIN_BODY), (PARAMETERS, &parameters), (PARAMETERS, &[]), (INPUT, &[])];
    let mut request = Vec::new();
    for (kind, content) in parts {
        let [high, low] = u16::try_from(content.len())?.to_be_bytes();
        request.extend([VERSION, kind, 0, REQUEST, high, low, 0, 0]);
        request.extend(content);
    }
    connection.write_all(&request)?;
    body(&answer(connection)?)
}

/// All that it writes out, to the end of the request.
fn answer(connection: &mut TcpStream) -> anyhow::Result<Vec<u8>> {
    let mut output = Vec::new();
    loop {
        let mut header = [0; 8];
        connection.read_exact(&mut header).context("it hung up")?;
        let [_, kind, _, _, high, low, padding, _] = header;
        let mut content = vec![0; usize::from(u16::from_be_bytes([high, low]))];
        connection.read_exact(&mut content)?;
        connection.read_exact(&mut vec![0; usize::from(padding)])?;
        match kind {
            OUTPUT => output.append(&mut content),
            END => return Ok(output),
            _ => {}
        }
    }
}

/// What follows the header lines, which must not tell of an error.
fn body(output: &[u8]) -> anyhow::Result<Vec<u8>> {
    let blank = output.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let (header, body) = output.split_at(blank.context("an answer without a header")? + 4);
    let header = String::from_utf8_lossy(header);
    ensure!(header.contains("vector-tile"), "{header}{}", String::from_utf8_lossy(body));
    Ok(body.to_owned())
}
