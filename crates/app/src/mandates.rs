//! Finding the resolution a person means.

use mission::mandate::Mandate;
use mission::pack::Pack;
use model::finding::Finding;

use crate::error::AppError;

/// The mandate of a number (`2364`) or a number and year (`2364-2017`, `2364 (2017)`).
pub fn mandate_named<'p>(pack: &'p Pack, text: &str) -> Result<&'p Mandate, AppError> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = parts.first().and_then(|part| part.parse::<u32>().ok());
    let year = parts.get(1).and_then(|part| part.parse::<u16>().ok());
    let fits = |mandate: &&Mandate| {
        Some(mandate.key.number) == number && year.is_none_or(|year| mandate.key.year == year)
    };
    let found: Vec<&Mandate> = pack.mandates.iter().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(AppError::invalid(vec![unknown(pack, text)])),
        several => {
            let citations: Vec<String> = several.iter().map(|mandate| mandate.citation()).collect();
            let finding = Finding::error("mandate-ambiguous").with("mandate", text);
            Err(AppError::invalid(vec![finding.with("found", citations.join(", "))]))
        }
    }
}

fn unknown(pack: &Pack, text: &str) -> Finding {
    let known: Vec<String> = pack.mandates.iter().map(Mandate::citation).collect();
    Finding::error("mandate-unknown").with("mandate", text).with("known", known.join(", "))
}
