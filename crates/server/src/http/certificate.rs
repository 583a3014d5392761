//! When a certificate ends: the one thing we read of X.509.
//!
//! A certificate is nested DER: `SEQUENCE { SEQUENCE { [0] version?, serial, algorithm, issuer,
//! SEQUENCE { not before, not after }, .. }, .. }`. Every element is a tag, a length and that many
//! bytes.

use model::time::Timestamp;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
/// Two digits of the year; 50 and above are of the last century.
const UTC_TIME: u8 = 0x17;
/// Four digits of the year.
const GENERALIZED_TIME: u8 = 0x18;
/// Elements between version and validity: serial, algorithm, issuer.
const BEFORE_VALIDITY: usize = 3;

/// The end of what a certificate holds, where it can be read.
pub(crate) fn end(certificate: &[u8]) -> Option<Timestamp> {
    let (outer, _rest) = inside(certificate, SEQUENCE)?;
    let (mut fields, _signature) = inside(outer, SEQUENCE)?;
    if let Some((_version, rest)) = inside(fields, VERSION) {
        fields = rest;
    }
    for _ in 0..BEFORE_VALIDITY {
        fields = element(fields)?.2;
    }
    let (validity, _rest) = inside(fields, SEQUENCE)?;
    let (_tag, _not_before, rest) = element(validity)?;
    let (tag, not_after, _rest) = element(rest)?;
    time(tag, std::str::from_utf8(not_after).ok()?)
}

/// The content of the first element where it has this tag, and what follows it.
fn inside(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = element(bytes)?;
    (tag == wanted).then_some((content, rest))
}

/// Tag and content of the first element, and what follows it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        let fold =
            |length: usize, digit: &u8| length.checked_mul(256)?.checked_add(usize::from(*digit));
        (digits.iter().try_fold(0, fold)?, rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `261122080000Z` and `20261122080000Z`.
fn time(tag: u8, text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z')?;
    let full = match tag {
        UTC_TIME if digits.get(..2)? < "50" => format!("20{digits}"),
        UTC_TIME => format!("19{digits}"),
        GENERALIZED_TIME => digits.to_owned(),
        _ => return None,
    };
    let part = |from: usize, to: usize| full.get(from..to);
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (hour, minute, second) = (part(8, 10)?, part(10, 12)?, part(12, 14)?);
    format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_both_kinds_are_read() {
        for (tag, text, expected) in [
            (UTC_TIME, "261122080000Z", Some("2026-11-22T08:00:00Z")),
            (UTC_TIME, "991231235959Z", Some("1999-12-31T23:59:59Z")),
            (GENERALIZED_TIME, "20501122080000Z", Some("2050-11-22T08:00:00Z")),
            (GENERALIZED_TIME, "261122080000Z", None),
            (UTC_TIME, "26Z", None),
            (SEQUENCE, "261122080000Z", None),
        ] {
            assert_eq!(time(tag, text).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_has_no_end() {
        let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("names");
        let key = rcgen::KeyPair::generate().expect("a key");
        let mut params = params;
        params.not_after = rcgen::date_time_ymd(2030, 5, 6);
        let whole = params.self_signed(&key).expect("a certificate").der().to_vec();
        assert_eq!(end(&whole).map(|at| at.to_string()).as_deref(), Some("2030-05-06T00:00:00Z"));
        for length in 0..whole.len() {
            assert_eq!(end(&whole[..length]), None, "{length}");
        }
    }
}
