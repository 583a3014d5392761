//! How the text of a file is written down: UTF-8, UTF-16 or Windows-1252, told from its bytes.
//!
//! UTF-16 is turned into UTF-8 as it is read. Windows-1252 (which holds Latin-1) is told from UTF-8
//! at the first letters beyond ASCII, and then holds for the whole file.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The byte order mark of UTF-8.
pub(crate) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How much of UTF-16 is turned into UTF-8 at once.
const CHUNK_BYTES: usize = 16 * 1024;
/// Stands in for what is not valid UTF-16: no UTF-8 has it, so the row is refused.
const INVALID_BYTE: u8 = 0xFF;

/// How bytes become letters, once UTF-16 is out of the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Only ASCII so far: either is possible.
    #[default]
    Undecided,
    /// UTF-8.
    Utf8,
    /// Windows-1252, where every byte is a letter.
    Windows1252,
}

impl Letters {
    /// What the first bytes of a file say: UTF-8 where most of what is beyond ASCII is valid.
    pub(crate) fn of(sample: &[u8]) -> Self {
        if sample.starts_with(UTF8_MARK) {
            return Self::Utf8;
        }
        if sample.is_ascii() {
            return Self::Undecided;
        }
        let (mut valid, mut invalid) = (0_usize, 0_usize);
        for chunk in sample.utf8_chunks() {
            valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
            invalid += usize::from(!chunk.invalid().is_empty());
        }
        if valid >= invalid.max(1) || valid + invalid == 1 && cut_at_end(sample) {
            Self::Utf8
        } else {
            Self::Windows1252
        }
    }

    /// The name people know it by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Undecided => "ASCII",
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// Whether the only fault of these bytes is that the last letter is cut off.
fn cut_at_end(sample: &[u8]) -> bool {
    std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_none())
}

/// The letters of Windows-1252.
pub(crate) fn from_windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// Bytes as text for a person to look at: UTF-8, or Windows-1252 where they are not.
pub(crate) fn shown(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_not_utf8| from_windows_1252(bytes), Cow::Borrowed)
}

/// UTF-16, where these first bytes are that: by its mark, or by every other byte being zero.
pub(crate) fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    if sample.starts_with(b"\xFF\xFE") {
        return Some(UTF_16LE);
    }
    if sample.starts_with(b"\xFE\xFF") {
        return Some(UTF_16BE);
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if pairs < 2 => None,
        (0, second) if second * 4 >= pairs * 3 => Some(UTF_16LE),
        (first, 0) if first * 4 >= pairs * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether these first bytes are no text in any encoding known here.
pub(crate) fn is_binary(sample: &[u8]) -> bool {
    utf16(sample).is_none() && sample.contains(&0)
}

/// UTF-16 that is read as UTF-8.
pub(crate) struct FromUtf16<R> {
    reader: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> FromUtf16<R> {
    /// Reads on from the start of the file; a byte order mark is left out.
    pub(crate) fn new(reader: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { reader, decoder, input: Vec::new(), output: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.given = 0;
        while self.output.is_empty() && !self.ended {
            self.input.clear();
            self.reader.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut self.input)?;
            self.ended = self.input.is_empty();
            self.decode();
        }
        Ok(())
    }

    /// Turns all of the input into output.
    fn decode(&mut self) {
        let mut room = vec![0; self.input.len() * 3 + 16];
        let mut rest = self.input.as_slice();
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(rest, &mut room, self.ended);
            self.output.extend_from_slice(room.get(..written).unwrap_or_default());
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.output.push(INVALID_BYTE),
            }
        }
    }
}

impl<R: Read> Read for FromUtf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.output.len() {
            self.refill()?;
        }
        let mut rest = self.output.get(self.given..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}
