//! Headers that say what a client takes, with weights: `fr-CH, en; q=0.8`.

use axum::http::{HeaderMap, HeaderName};

/// What a header names, with its weight, in the order of the header. What is refused with a weight of
/// nothing is left out, and so is what has a weight that is none.
pub(crate) fn accepted(
    headers: &HeaderMap,
    header: HeaderName,
) -> impl Iterator<Item = (&str, f32)> {
    let lists = headers.get_all(header).into_iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).filter_map(weighed)
}

fn weighed(range: &str) -> Option<(&str, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
    let weight = weight.trim().parse().ok().filter(|weight| *weight > 0.0)?;
    Some((name, weight))
}

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT;

    use super::*;

    #[test]
    fn blanks_parameters_and_lists_in_parts_are_read_and_what_is_refused_is_left_out() {
        let mut headers = HeaderMap::new();
        for list in ["a, b;q=0.5 ,c ; q=0.25", "d;version=1;q=0.1, e;q=0, f;q=0.00, g;q=, ;q=1,,"] {
            headers.append(ACCEPT, list.parse().expect("a header"));
        }
        let found: Vec<(&str, f32)> = accepted(&headers, ACCEPT).collect();
        assert_eq!(found, [("a", 1.0), ("b", 0.5), ("c", 0.25), ("d", 0.1)]);
    }
}
