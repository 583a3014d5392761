//! The web pages that the binary carries: which there are, and which of them need no session.
//!
//! The table is written by the build script from the folder that `cargo xtask web` makes. How they
//! are served, negotiated and cached is not decided here.

/// A file of the pages.
#[derive(Debug)]
pub(crate) struct Asset {
    /// From the root of the site, without a leading `/`: `index.html`, `assets/index-3f9a.js`.
    /// What lies under `assets/` has the hash of its content in its name.
    pub(crate) path: &'static str,
    /// The value of `Content-Type`.
    pub(crate) content_type: &'static str,
    /// The value of `ETag`, in its quotation marks.
    pub(crate) etag: &'static str,
    /// Whether somebody without a session may have it.
    pub(crate) public: bool,
    /// The file as it is.
    pub(crate) plain: &'static [u8],
    /// The same, compressed with Brotli, where that was worth it.
    pub(crate) brotli: Option<&'static [u8]>,
    /// The same, compressed with gzip, where that was worth it.
    pub(crate) gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/ui.rs"));

/// The file of this path, if there is one.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    let at = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pages_are_there_and_only_one_is_public() {
        let page = |path: &str| find(path).expect("a page is always carried");
        assert!(page("sign-in.html").public);
        assert!(!page("index.html").public);
        assert!(find("gone.html").is_none() && find("").is_none());
    }

    #[test]
    fn every_file_is_found_by_its_path() {
        for asset in ASSETS {
            assert_eq!(find(asset.path).map(|found| found.path), Some(asset.path));
            assert!(asset.etag.starts_with('"') && asset.etag.ends_with('"'), "{}", asset.etag);
            assert!(!asset.plain.is_empty(), "{} is empty", asset.path);
        }
    }

    #[test]
    fn without_a_session_nothing_of_the_app_is_given() {
        let public = |asset: &&Asset| asset.public;
        let named = |name: &'static str| move |asset: &&Asset| asset.path.starts_with(name);
        assert_eq!(ASSETS.iter().filter(public).filter(named("assets/index-")).count(), 0);
        let scripts = ASSETS.iter().filter(public).filter(named("assets/sign-in-")).count();
        assert_eq!(scripts > 0, BUILT);
    }
}
