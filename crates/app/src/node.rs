//! A node: a folder with a database, a device key and the rows that imports refused.
//!
//! A folder is made whole beside its place and moved there at the end, so a node that exists is a
//! node that works, whatever interrupted its making.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use journal::{Act, Admission, Lane, Member, Operation, Signer};
use mission::pack::Pack;
use mission::places::Places;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::random::Randomness;
use model::time::zone::Zone;
use model::time::{Clock, Timestamp};
use policy::Viewer;
use store::{Ground, Store, StoreError, Writer};

use crate::accounts::{self, NewUser, must_administer};
use crate::error::{AppError, Kind};
use crate::exercise::{self, Standing};
use crate::packs::{self, PackFolders};
use crate::phone::PhoneForms;
use crate::sessions::Viewers;
use crate::tiles::Tiles;

/// The user number of the node itself.
pub(crate) const NODE: u32 = 0;
const SCHEMA_SETTING: &str = "schema";
const INCARNATION_SETTING: &str = "incarnation";

/// What a node takes from outside: the time, and bytes nobody can guess.
pub struct Environment {
    /// The present time.
    pub clock: Box<dyn Clock + Send>,
    /// Randomness for ids, keys and salts.
    pub randomness: Box<dyn Randomness + Send>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}

/// Where the files of a node are.
#[derive(Debug, Clone)]
pub struct NodeFiles {
    /// The folder.
    pub folder: PathBuf,
}

impl NodeFiles {
    /// The files of the node in this folder, which need not exist.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The database: journal and projections.
    pub fn database(&self) -> PathBuf {
        self.folder.join("node.sqlite")
    }

    /// The device's secret key.
    pub fn key(&self) -> PathBuf {
        self.folder.join("device.key")
    }

    /// The folder of refused rows.
    pub fn refused(&self) -> PathBuf {
        self.folder.join("refused")
    }

    /// Whether a node is there.
    pub fn exist(&self) -> bool {
        self.database().exists()
    }
}

/// An open node.
#[derive(Debug)]
pub struct Node {
    pub(crate) files: NodeFiles,
    pub(crate) store: Store,
    pub(crate) signer: Signer,
    pub(crate) incarnation: u32,
    pub(crate) schema: u32,
    /// How far the exercise is loaded, and what time it is there.
    pub(crate) exercise: Standing,
    pub(crate) environment: Environment,
    places: Arc<OnceLock<Arc<Places>>>,
    pub(crate) viewers: Viewers,
    pub(crate) tiles: Arc<Tiles>,
    pub(crate) phone_forms: Arc<PhoneForms>,
}

impl Node {
    /// Makes a node in `folder` that works with the pack at `pack`, and its first administrator.
    pub fn create(
        folder: &Path,
        pack: &Path,
        administrator: NewUser,
        mut environment: Environment,
    ) -> Result<Self, AppError> {
        let folders = PackFolders::read(pack)?;
        let loaded = mission::load::load(folders.name(), &folders).map_err(AppError::invalid)?;
        check_vacant(folder)?;
        let making = beside(folder);
        remove_remains(&making)?;
        create_folder(&making)?;
        let files = NodeFiles::new(&making);
        let mut secret = [0; 32];
        environment.randomness.fill(&mut secret);
        write_key(&files.key(), &secret)?;
        let ground = Ground::create(&files.database())?;
        keep_private(&files.database())?;
        ground.set_setting(INCARNATION_SETTING, &0_u32.to_be_bytes())?;
        let store = Store::new(ground, Arc::new(loaded))?;
        let signer = Signer::from_secret(&secret);
        let mut node = Self {
            files,
            store,
            signer,
            incarnation: 0,
            schema: 0,
            exercise: Standing::default(),
            environment,
            places: Arc::default(),
            viewers: Viewers::default(),
            tiles: Arc::default(),
            phone_forms: Arc::default(),
        };
        node.begin(&folders, administrator)?;
        let Self { environment, store, .. } = node;
        drop(store);
        fs::rename(&making, folder).map_err(|error| AppError::file(folder, error))?;
        Self::open(folder, environment)
    }

    /// Opens the node in `folder`.
    pub fn open(folder: &Path, environment: Environment) -> Result<Self, AppError> {
        let files = NodeFiles::new(folder);
        if !files.exist() {
            let finding = Finding::error("node-not-found").in_file(folder.display().to_string());
            return Err(AppError::invalid(vec![finding]));
        }
        let ground = Ground::open(&files.database())?;
        let signer = Signer::from_secret(&read_key(&files.key())?);
        let pack = packs::of_node(&ground)?;
        let incarnation = number_setting(&ground, INCARNATION_SETTING)?;
        let schema = number_setting(&ground, SCHEMA_SETTING)?;
        let exercise = Standing::read(&ground, pack.exercise)?;
        let store = Store::new(ground, Arc::new(pack))?;
        Ok(Self {
            files,
            store,
            signer,
            incarnation,
            schema,
            exercise,
            environment,
            places: Arc::default(),
            viewers: Viewers::default(),
            tiles: Arc::default(),
            phone_forms: Arc::default(),
        })
    }

    /// A further connection to the same node, for whoever works beside this one. Pack and places are
    /// shared. Meant for a node that [is current](Self::is_current); one that is not gives another
    /// that is not.
    pub fn another(&self, environment: Environment) -> Result<Self, AppError> {
        let ground = Ground::open(&self.files.database())?;
        Ok(Self {
            files: self.files.clone(),
            store: self.store.another(ground),
            signer: self.signer.clone(),
            incarnation: self.incarnation,
            schema: self.schema,
            exercise: self.exercise.clone(),
            environment,
            places: Arc::clone(&self.places),
            tiles: Arc::clone(&self.tiles),
            phone_forms: Arc::clone(&self.phone_forms),
            viewers: Viewers::default(),
        })
    }

    /// Whether the node still works with the pack it was opened with, and its exercise stands where it
    /// stood: another process may have changed that. A node that is not current has to be opened again.
    pub fn is_current(&self) -> Result<bool, AppError> {
        Ok(self.store.is_current()? && self.exercise.is_current(self.store.ground())?)
    }

    /// What time it is in the mission: that of the exercise where one is loaded, else the present.
    /// Sessions, tokens and the journal ask the real clock instead.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.environment.clock.now();
        self.exercise.now_of(now).unwrap_or(now)
    }

    /// The pack the node works with.
    pub fn pack(&self) -> &Arc<Pack> {
        self.store.pack()
    }

    /// Where its files are.
    pub fn files(&self) -> &NodeFiles {
        &self.files
    }

    /// Holds place and time of every record in memory from now on, and what tiles are made of: for a
    /// process that answers many questions. The first takes a third of a second for a million
    /// records; further connections of this one share it.
    pub fn warm(&self) -> Result<(), AppError> {
        Ok(self.store.warm()?)
    }

    /// The device's public key.
    pub fn device(&self) -> model::id::DeviceKey {
        self.signer.device()
    }

    /// The places of its pack, read at first need.
    pub fn places(&self) -> Result<Arc<Places>, AppError> {
        if let Some(places) = self.places.get() {
            return Ok(Arc::clone(places));
        }
        let read = Arc::new(packs::places_of_node(self.store.ground())?);
        Ok(Arc::clone(self.places.get_or_init(|| read)))
    }

    /// Changes the node to the pack at `path`: a journal entry, then a rebuild of the projections. What
    /// records lack by it is said; refused where something of them could not be read any more.
    pub fn use_pack(self, viewer: &Viewer, path: &Path) -> Result<(Self, Vec<Finding>), AppError> {
        must_administer(viewer)?;
        let (folders, pack) = self.pack_at(path)?;
        self.take_pack(viewer.user, &folders, pack)
    }

    /// The node with another pack: a journal entry, then a rebuild of the projections.
    pub(crate) fn take_pack(
        mut self,
        user: u32,
        folders: &PackFolders,
        pack: Pack,
    ) -> Result<(Self, Vec<Finding>), AppError> {
        // What another process did to the pack since this one read it must not be lost.
        if !self.is_current()? {
            return Err(AppError::new(Kind::Unavailable, Finding::error("store-busy")));
        }
        let findings = self.effects_of(&pack)?;
        if findings.iter().any(Finding::is_error) {
            return Err(AppError::invalid(findings));
        }
        self.append_pack(user, folders, &pack)?;
        let Self { files, store, signer, incarnation, schema, environment, .. } = self;
        let ground = store.into_ground();
        let exercise = Standing::read(&ground, pack.exercise)?;
        let store = Store::new(ground, Arc::new(pack))?;
        let node = Self {
            files,
            store,
            signer,
            incarnation,
            schema,
            exercise,
            environment,
            places: Arc::default(),
            viewers: Viewers::default(),
            tiles: Arc::default(),
            phone_forms: Arc::default(),
        };
        Ok((node, findings))
    }

    pub(crate) fn writer(&mut self) -> Result<Writer<'_>, AppError> {
        let now = self.environment.clock.now();
        let mark = self.exercise.mark();
        let writer = self.store.write(&self.signer, self.incarnation, now)?;
        mark.map(|mark| writer.set_setting(exercise::SETTING, &mark)).transpose()?;
        Ok(writer)
    }

    /// Appends operations in one transaction.
    pub(crate) fn append(&mut self, lane: Lane, operations: &[Operation]) -> Result<(), AppError> {
        let mut writer = self.writer()?;
        for operation in operations {
            writer.append(lane, None, operation)?;
        }
        Ok(writer.commit()?)
    }

    /// An operation of a user, with nothing but its act.
    pub(crate) fn operation(&self, user: u32, act: Act) -> Operation {
        Operation {
            record: None,
            user,
            schema: self.schema,
            epoch: 0,
            batch: None,
            reason: None,
            proof: None,
            act,
        }
    }

    fn begin(&mut self, folders: &PackFolders, administrator: NewUser) -> Result<(), AppError> {
        let admission = Admission {
            device: self.signer.device(),
            label: self.pack().name.to_string(),
            compartments: std::collections::BTreeSet::new(),
            until: None,
        };
        let admission = self.operation(NODE, Act::Member(Member::Admit(admission)));
        self.append(Lane::Routine, &[admission])?;
        let pack = Arc::clone(self.pack());
        self.append_pack(NODE, folders, &pack)?;
        accounts::add(self, NODE, administrator)?;
        Ok(())
    }

    fn append_pack(
        &mut self,
        user: u32,
        folders: &PackFolders,
        pack: &Pack,
    ) -> Result<(), AppError> {
        let files = packs::keep(self.store.ground(), &folders.files_of(pack))?;
        let act = journal::Pack {
            name: pack.name.clone(),
            version: pack.version.clone(),
            hash: pack.hash,
            files,
        };
        self.schema += 1;
        let operation = self.operation(user, Act::Pack(act));
        self.append(Lane::Routine, &[operation])?;
        let number = self.schema.to_be_bytes();
        Ok(self.store.ground().set_setting(SCHEMA_SETTING, &number)?)
    }

    /// The mission's time zone.
    pub(crate) fn zone(&self) -> Zone {
        // A pack without such a zone is not loaded.
        Zone::named(&self.pack().time_zone).unwrap_or(Zone::utc())
    }

    /// A register of a record that the node has already found.
    pub(crate) fn register(&self, name: &Name) -> Result<&Register, AppError> {
        let known = self.pack().register(name.as_str());
        known.ok_or_else(|| StoreError::NoRegister(name.clone()).into())
    }
}

fn number_setting(ground: &Ground, name: &str) -> Result<u32, AppError> {
    let bytes = ground.setting(name)?.and_then(|bytes| bytes.try_into().ok());
    Ok(bytes.map_or(0, u32::from_be_bytes))
}

fn check_vacant(folder: &Path) -> Result<(), AppError> {
    let place = folder.display().to_string();
    if NodeFiles::new(folder).exist() {
        let finding = Finding::error("node-exists").in_file(place);
        return Err(AppError::new(Kind::Conflict, finding));
    }
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) => {
                let finding = Finding::error("folder-not-empty").in_file(place);
                Err(AppError::new(Kind::Conflict, finding))
            }
            None => Ok(()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(AppError::file(folder, error)),
    }
}

/// Where a node is made before it is moved to its place.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".making");
    folder.with_file_name(name)
}

fn remove_remains(making: &Path) -> Result<(), AppError> {
    match fs::remove_dir_all(making) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(AppError::file(making, error))
        }
        _ => Ok(()),
    }
}

fn create_folder(folder: &Path) -> Result<(), AppError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| AppError::file(folder, error))
}

/// Nobody else on the machine reads the database. SQLite gives its log the same rights.
fn keep_private(path: &Path) -> Result<(), AppError> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|error| AppError::file(path, error))?;
    Ok(())
}

fn write_key(path: &Path, secret: &[u8; 32]) -> Result<(), AppError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = model::id::BlobId::from_bytes(*secret).to_string();
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| AppError::file(path, error))
}

fn read_key(path: &Path) -> Result<[u8; 32], AppError> {
    let text = fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
    let secret: model::id::BlobId = text.trim().parse().map_err(|_not_a_key| {
        let finding = Finding::error("device-key-damaged").in_file(path.display().to_string());
        AppError::new(Kind::Damaged, finding)
    })?;
    Ok(*secret.as_bytes())
}
