//! The parameters of an address: known or refused, each once, and what is wrong with them at once.

use app::{AppError, Question, Register};
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::finding::Finding;
use model::limits::{OFFSET_MAX, PAGE_MAX};

use crate::http::accept::accepted;
use crate::http::input::Query;
use crate::http::parameters::{unknown_parameter, wrong_parameter};
use crate::http::problem::Problem;
use crate::http::site::{Site, escaped};
use crate::http::state::Shared;

/// Features on a page where nothing is said.
const LIMIT_DEFAULT: usize = 100;
/// The only reference system: longitude and latitude in degrees, WGS 84.
pub(super) const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// What every address takes: the format, which is JSON, and the language.
const EVERYWHERE: [&str; 2] = ["f", "lang"];
/// What a page of features takes besides, and the fields of the register.
const OF_ITEMS: [&str; 9] = [
    "bbox",
    "datetime",
    "limit",
    "offset",
    "filter",
    "filter-lang",
    "filter-crs",
    "q",
    "properties",
];
/// Media types that some address answers with, and the ranges they are in.
const ACCEPTABLE: [&str; 6] = [
    "*/*",
    "application/*",
    super::JSON,
    super::GEOJSON,
    super::SCHEMA,
    "application/vnd.oai.openapi+json",
];

/// Names and values of parameters, in the order of the address.
type Pairs = Vec<(String, String)>;

/// A request without parameters of its own, by a caller who takes JSON.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    /// Where its links lead.
    pub(super) site: Site,
}

/// What a page of features was asked for with.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The question, without its register.
    pub(super) question: Question,
    /// Where its links lead.
    pub(super) site: Site,
    pairs: Pairs,
}

impl FromRequestParts<Shared> for Plain {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Problem> {
        let (site, pairs) = pairs(parts, state).await?;
        let unfit = pairs.iter().filter(|(name, _)| !EVERYWHERE.contains(&name.as_str()));
        let mut findings: Vec<Finding> =
            unfit.map(|(name, _)| unknown_parameter(name, EVERYWHERE)).collect();
        findings.extend(format_wrong(&pairs));
        refused(findings)?;
        Ok(Self { site })
    }
}

impl FromRequestParts<Shared> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Problem> {
        let (site, pairs) = pairs(parts, state).await?;
        Self::of(site, pairs)
    }
}

impl Asked {
    /// Every parameter that is not known otherwise must be a field of the register.
    pub(super) fn check_fields(&self, register: &Register) -> Result<(), AppError> {
        let unfit = self.question.equals.iter().map(|(name, _)| name.as_str());
        let unfit = unfit.filter(|name| register.form.field(name).is_none());
        let known = || EVERYWHERE.into_iter().chain(OF_ITEMS).chain(register.form.names());
        let findings: Vec<Finding> = unfit.map(|name| unknown_parameter(name, known())).collect();
        if findings.is_empty() { Ok(()) } else { Err(AppError::invalid(findings)) }
    }

    /// The parameters as part of an address, with another offset.
    pub(super) fn with_offset(&self, offset: usize) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| name != "offset");
        let kept = kept.map(|(name, value)| (name.as_str(), value.clone()));
        let all = kept.chain((offset > 0).then(|| ("offset", offset.to_string())));
        let all = all.map(|(name, value)| format!("{}={}", escaped(name), escaped(&value)));
        all.collect::<Vec<_>>().join("&")
    }

    fn of(site: Site, pairs: Pairs) -> Result<Self, Problem> {
        let mut findings: Vec<Finding> = format_wrong(&pairs).into_iter().collect();
        for name in EVERYWHERE.into_iter().chain(OF_ITEMS) {
            if pairs.iter().filter(|(known, _)| known == name).count() > 1 {
                findings.push(Finding::error("parameter-twice").with("name", name));
            }
        }
        let value = |wanted: &str| {
            pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let mut kept = |number: Result<usize, Finding>| number.map_err(|f| findings.push(f)).ok();
        let limit = value("limit").and_then(|text| kept(count("limit", text, 1)));
        let offset = value("offset").and_then(|text| kept(count("offset", text, 0)));
        findings.extend(language_wrong(value("filter-lang"), value("filter")));
        findings.extend(
            value("filter-crs")
                .filter(|crs| *crs != CRS84)
                .map(|crs| wrong_parameter("filter-crs", crs, CRS84)),
        );
        refused(findings)?;
        let is_field = |name: &&(String, String)| {
            !EVERYWHERE.contains(&name.0.as_str()) && !OF_ITEMS.contains(&name.0.as_str())
        };
        let question = Question {
            filter: value("filter").map(str::to_owned),
            search: value("q").map(str::to_owned),
            bbox: value("bbox").map(str::to_owned),
            datetime: value("datetime").map(str::to_owned),
            equals: pairs.iter().filter(is_field).cloned().collect(),
            fields: value("properties").map(names).unwrap_or_default(),
            // The standard: a limit beyond the largest is no error, the largest is meant.
            limit: limit.unwrap_or(LIMIT_DEFAULT).min(PAGE_MAX),
            offset: offset.unwrap_or(0),
            ..Question::default()
        };
        Ok(Self { question, site, pairs })
    }
}

/// A response with a document.
pub(super) fn answer(media_type: &'static str, body: impl Into<axum::body::Body>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(media_type))], body.into()).into_response()
}

/// The site and the parameters of a request by a caller who takes JSON.
async fn pairs(parts: &mut Parts, state: &Shared) -> Result<(Site, Pairs), Problem> {
    if !takes_json(&parts.headers) {
        let finding = Finding::error("media-type-not-offered");
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, finding));
    }
    let Query(pairs) = Query::<Pairs>::from_request_parts(parts, state).await?;
    let Ok(site) = Site::from_request_parts(parts, state).await;
    Ok((site, pairs))
}

fn takes_json(headers: &HeaderMap) -> bool {
    let is_ours = |range: &str| ACCEPTABLE.iter().any(|ours| range.eq_ignore_ascii_case(ours));
    !headers.contains_key(ACCEPT) || accepted(headers, ACCEPT).any(|(range, _)| is_ours(range))
}

fn refused(findings: Vec<Finding>) -> Result<(), Problem> {
    if findings.is_empty() { Ok(()) } else { Err(AppError::invalid(findings).into()) }
}

fn format_wrong(pairs: &[(String, String)]) -> Option<Finding> {
    let (_, format) = pairs.iter().find(|(name, value)| name == "f" && value != "json")?;
    Some(wrong_parameter("f", format, "json"))
}

fn language_wrong(language: Option<&str>, filter: Option<&str>) -> Option<Finding> {
    let is_json = filter.is_some_and(|text| text.trim_start().starts_with('{'));
    match language {
        None => None,
        Some("cql2-text") if filter.is_none() || !is_json => None,
        Some("cql2-json") if filter.is_none() || is_json => None,
        Some(other) => Some(wrong_parameter("filter-lang", other, "cql2-text, cql2-json")),
    }
}

/// A number of at least `least`; one beyond all bounds is the largest there is.
fn count(name: &'static str, text: &str, least: usize) -> Result<usize, Finding> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| text.parse().unwrap_or(usize::MAX));
    let expected =
        if name == "limit" { format!("1..{PAGE_MAX}") } else { format!("0..{OFFSET_MAX}") };
    number.filter(|number| *number >= least).ok_or_else(|| wrong_parameter(name, text, &expected))
}

/// Names with commas between, each once.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split(',').map(str::trim) {
        if names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }
    names
}
