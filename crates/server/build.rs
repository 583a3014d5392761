//! Puts the built web pages into the binary: reads a folder, writes one table of assets.
//!
//! It never runs npm. The folder is what `cargo xtask web` made in `web/dist`, or `CASQUE_UI_DIST`.
//! Without it the binary carries a page that says how to build them; `CASQUE_UI=require` makes that
//! an error, for releases and for the test run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the build of the pages writes beside them: the assets that need no session.
const PUBLIC_LIST: &str = "public.json";
/// The page that needs no session.
const PUBLIC_PAGE: &str = "sign-in.html";
const PAGES: [&str; 2] = ["index.html", PUBLIC_PAGE];
/// The same file, compressed: not an asset of its own.
const COMPRESSED: [&str; 2] = ["br", "gz"];

fn main() -> io::Result<()> {
    let given = env::var_os("CASQUE_UI_DIST").map(PathBuf::from);
    let own = PathBuf::from(required("CARGO_MANIFEST_DIR")).join("../../web/dist");
    let folder = given.unwrap_or(own);
    let built = PAGES.iter().all(|page| folder.join(page).is_file());
    watch(&folder, built);
    if !built && env::var_os("CASQUE_UI").is_some_and(|wish| wish == "require") {
        let message = format!("{} has no pages: run cargo xtask web", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let out = PathBuf::from(required("OUT_DIR"));
    let table = table(&if built { folder } else { placeholder(&out)? })?;
    let built =
        format!("/// Whether the pages are here.\npub(crate) const BUILT: bool = {built};\n");
    fs::write(out.join("ui.rs"), built + &table)
}

fn required(name: &str) -> std::ffi::OsString {
    env::var_os(name).unwrap_or_else(|| unreachable!("cargo sets {name} for every build script"))
}

fn watch(folder: &Path, built: bool) {
    // Whether pages are required changes nothing where they are: no build over again for it.
    if !built {
        println!("cargo::rerun-if-env-changed=CASQUE_UI");
    }
    println!("cargo::rerun-if-env-changed=CASQUE_UI_DIST");
    println!("cargo::rerun-if-changed={}", folder.display());
}

/// The assets of a built folder, as Rust, in order of path.
fn table(folder: &Path) -> io::Result<String> {
    let public = fs::read_to_string(folder.join(PUBLIC_LIST))?;
    let public: BTreeSet<&str> = public.split('"').skip(1).step_by(2).collect();
    let mut rows = String::new();
    for path in files(folder, "")? {
        let is_public = path == PUBLIC_PAGE || public.contains(path.as_str());
        rows.push_str(&row(folder, &path, is_public)?);
    }
    let head = "/// Every file, in order of path.\npub(crate) static ASSETS: &[Asset] = &[\n";
    Ok(format!("{head}{rows}];\n"))
}

fn row(folder: &Path, path: &str, is_public: bool) -> io::Result<String> {
    let file = fs::canonicalize(folder.join(path))?;
    let etag = fingerprint(&fs::read(&file)?);
    let sibling = |extension: &str| {
        let name = format!("{}.{extension}", file.display());
        let there = Path::new(&name).is_file();
        if there { format!("Some(include_bytes!({name:?}))") } else { "None".to_owned() }
    };
    let content_type = content_type(path);
    let plain = file.display().to_string();
    let (brotli, gzip) = (sibling("br"), sibling("gz"));
    Ok(format!(
        "    Asset {{ path: {path:?}, content_type: {content_type:?}, etag: \"\\\"{etag:016x}\\\"\", \
         public: {is_public}, plain: include_bytes!({plain:?}), brotli: {brotli}, gzip: {gzip} }},\n"
    ))
}

/// The files below a folder that are assets of their own, sorted.
fn files(folder: &Path, prefix: &str) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path(), &format!("{path}/"))?);
        } else if is_asset(&name) {
            found.insert(path);
        }
    }
    Ok(found)
}

fn is_asset(name: &str) -> bool {
    let compressed = name.rsplit_once('.').is_some_and(|(_, end)| COMPRESSED.contains(&end));
    !compressed && name != PUBLIC_LIST && !name.starts_with('.')
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// FNV-1a: tells one version of a file from another, nothing more is asked of it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A folder with pages for a binary that is built without the real ones.
fn placeholder(out: &Path) -> io::Result<PathBuf> {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Casque</title>\
        <h1>Casque</h1><p>This binary was built without its pages. Build them with \
        <code>cargo xtask web</code>, then build casque again.</p>\
        <p lang=\"fr\">Ce programme a été compilé sans ses pages. Préparez-les avec \
        <code>cargo xtask web</code>, puis compilez casque à nouveau.</p></html>\n";
    let folder = out.join("pages");
    fs::create_dir_all(&folder)?;
    for name in PAGES {
        fs::write(folder.join(name), page)?;
    }
    fs::write(folder.join(PUBLIC_LIST), "[]")?;
    Ok(folder)
}
