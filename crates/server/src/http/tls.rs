//! TLS with a given certificate, or with one that the node makes for itself and keeps.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use app::{AppError, Kind};
use model::finding::Finding;
use model::time::{Clock, Timestamp};
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::http::certificate;

/// The files of a certificate that the node made, in its folder.
const OWN_CERTIFICATE: &str = "tls-certificate.pem";
const OWN_KEY: &str = "tls-key.pem";
/// How long it holds, in days: browsers take no certificate of more than 825.
const OWN_DAYS: i64 = 800;
/// With fewer days left a new one is made.
const OWN_DAYS_LEFT_MIN: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Above the certificate, so that one of other names is noticed. Readers of PEM skip it.
const NAMES: &str = "names: ";

/// A certificate and its key, as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The certificate and those that vouch for it.
    pub(crate) certificate: PathBuf,
    /// Its key.
    pub(crate) key: PathBuf,
}

impl Identity {
    /// Where the node keeps the certificate it makes for itself.
    pub(crate) fn own(folder: &Path) -> Self {
        Self { certificate: folder.join(OWN_CERTIFICATE), key: folder.join(OWN_KEY) }
    }

    /// What accepts connections with it.
    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor, AppError> {
        let chain = self.chain()?;
        let key = PrivateKeyDer::from_pem_slice(&read(&self.key)?)
            .map_err(|error| unusable(&self.key, error))?;
        let provider = Arc::new(ring::default_provider());
        let versions =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let unfit = |error| unusable(&self.certificate, error);
        let config = versions.map_err(unfit)?.with_no_client_auth();
        let mut config = config.with_single_cert(chain, key).map_err(unfit)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// When it ends, where that can be read.
    pub(crate) fn end(&self) -> Result<Option<Timestamp>, AppError> {
        Ok(self.chain()?.first().and_then(|first| certificate::end(first)))
    }

    fn chain(&self) -> Result<Vec<CertificateDer<'static>>, AppError> {
        let text = read(&self.certificate)?;
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
        let chain = chain.map_err(|error| unusable(&self.certificate, error))?;
        if chain.is_empty() {
            return Err(unusable(&self.certificate, "it holds no certificate"));
        }
        Ok(chain)
    }
}

/// The certificate that the node made for these names: the one it has, as long as that is good for
/// them, else a new one.
pub(crate) fn own(
    folder: &Path,
    names: &[String],
    clock: &dyn Clock,
) -> Result<Identity, AppError> {
    let identity = Identity::own(folder);
    if !is_good(&identity, names, clock.now()) {
        make(&identity, names, clock.now())?;
    }
    Ok(identity)
}

fn is_good(identity: &Identity, names: &[String], now: Timestamp) -> bool {
    let kept = fs::read_to_string(&identity.certificate).unwrap_or_default();
    let is_for_them = kept.lines().next() == Some(&head(names));
    let end = identity.end().ok().flatten();
    let least = now.as_ms() + OWN_DAYS_LEFT_MIN * DAY_MS;
    is_for_them && end.is_some_and(|end| end.as_ms() > least) && identity.acceptor().is_ok()
}

fn head(names: &[String]) -> String {
    format!("{NAMES}{}", names.join(", "))
}

fn make(identity: &Identity, names: &[String], now: Timestamp) -> Result<(), AppError> {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(fault)?;
    let mut params = CertificateParams::new(names.to_vec()).map_err(|error| {
        let finding = Finding::error("tls-names-wrong").with("names", names.join(", "));
        AppError::invalid(vec![finding.with("what", error)])
    })?;
    params.not_before = rcgen::date_time_ymd(1970, 1, 1) + since_1970(now, -1);
    params.not_after = rcgen::date_time_ymd(1970, 1, 1) + since_1970(now, OWN_DAYS);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, "Casque");
    let certificate = params.self_signed(&key).map_err(fault)?;
    write_private(&identity.key, &key.serialize_pem())?;
    write_private(&identity.certificate, &format!("{}\n{}", head(names), certificate.pem()))
}

/// The time some days after another, as time since 1970.
fn since_1970(at: Timestamp, days: i64) -> Duration {
    Duration::from_millis((at.as_ms() + days * DAY_MS).try_into().unwrap_or(0))
}

/// A file nobody else reads, there whole or not at all.
fn write_private(path: &Path, text: &str) -> Result<(), AppError> {
    let beside = path.with_extension("making");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    written.map_err(|error| AppError::file(path, error))
}

fn read(path: &Path) -> Result<Vec<u8>, AppError> {
    fs::read(path).map_err(|error| AppError::file(path, error))
}

fn unusable(path: &Path, what: impl std::fmt::Display) -> AppError {
    let finding = Finding::error("tls-unusable").in_file(path.display().to_string());
    AppError::invalid(vec![finding.with("what", what)])
}

fn fault(error: rcgen::Error) -> AppError {
    AppError::new(Kind::Internal, Finding::error("internal").with("what", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22.
    const NOW: i64 = 1_795_305_600_000;

    struct At(i64);

    impl Clock for At {
        fn now(&self) -> Timestamp {
            Timestamp::from_ms(self.0)
        }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_own_certificate_is_kept_while_it_is_good_for_its_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = |names: &[String], days: i64| {
            let identity = own(folder.path(), names, &At(NOW + days * DAY_MS)).expect("made");
            fs::read(identity.certificate).expect("read")
        };
        let here = names(&["localhost", "127.0.0.1"]);
        let first = made(&here, 0);
        assert_eq!(first, made(&here, OWN_DAYS - OWN_DAYS_LEFT_MIN - 1), "it is good for long");
        assert_ne!(first, made(&here, OWN_DAYS - OWN_DAYS_LEFT_MIN), "it ends soon");
        let renewed = made(&here, 0);
        assert_ne!(renewed, made(&names(&["casque.example"]), 0), "another name");
    }

    #[test]
    fn its_end_is_read_and_its_key_is_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = own(folder.path(), &names(&["localhost"]), &At(NOW)).expect("made");
        let end = identity.end().expect("read").expect("an end");
        assert_eq!(end.as_ms(), NOW + OWN_DAYS * DAY_MS);
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(&identity.key).expect("the key").permissions(),
        );
        assert_eq!(mode & 0o077, 0);
    }

    #[test]
    fn files_that_are_no_certificate_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = own(folder.path(), &names(&["localhost"]), &At(NOW)).expect("made");
        let swapped =
            Identity { certificate: identity.key.clone(), key: identity.certificate.clone() };
        let code = |identity: &Identity| {
            let error = identity.acceptor().err().expect("refused");
            error.findings.first().map(|finding| finding.code)
        };
        assert_eq!(code(&swapped), Some("tls-unusable"));
        let gone = Identity { key: folder.path().join("gone"), ..identity };
        assert_eq!(code(&gone), Some("file-not-found"));
    }
}
