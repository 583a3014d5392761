//! Connections to the node: several that ask at once, one that writes.
//!
//! A use case runs on a thread that may wait for the disk, never on one that serves connections.
//! A connection whose use case failed badly or panicked is dropped and another one opened, so one
//! bad request costs the next one nothing. Before each use the connection is asked whether another
//! process gave the node another pack; then the node is opened again.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::{AppError, Kind, Node};
use model::finding::Finding;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::system;

/// How many questions are asked of the database at once, per processor.
const READERS_PER_PROCESSOR: usize = 2;
/// How many there are at least, so that one slow question does not stop the others.
const READERS_MIN: usize = 4;
/// How many exports are under way at once.
const LONG_MAX: usize = 8;

/// The way to the node.
pub(crate) struct Nodes {
    pool: Arc<Pool>,
    readers: Arc<Semaphore>,
    writer: Arc<Semaphore>,
    long: Arc<Semaphore>,
    opening: Semaphore,
}

impl Nodes {
    /// Connections to the node that is open.
    pub(crate) fn new(node: Node) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let readers = (processors * READERS_PER_PROCESSOR).max(READERS_MIN);
        Self {
            pool: Arc::new(Pool::new(node)),
            readers: Arc::new(Semaphore::new(readers)),
            writer: Arc::new(Semaphore::new(1)),
            long: Arc::new(Semaphore::new(LONG_MAX)),
            opening: Semaphore::new(1),
        }
    }

    /// Asks the node something, beside others who ask.
    pub(crate) async fn read<T, F>(&self, question: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Node) -> Result<T, AppError> + Send + 'static,
    {
        self.run(&self.readers, Role::Reader, question).await
    }

    /// Changes the node. One change happens at a time, in the order in which they were asked for; a
    /// client that leaves meanwhile stops nothing.
    pub(crate) async fn write<T, F>(&self, change: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Node) -> Result<T, AppError> + Send + 'static,
    {
        self.run(&self.writer, Role::Writer, change).await
    }

    /// Changes the node beside the request that asks for it, which neither waits nor fails with it.
    /// Left out where another change is under way: for what a later request asks for again.
    pub(crate) fn write_beside<F>(&self, what: &'static str, change: F)
    where
        F: FnOnce(&mut Node) -> Result<(), AppError> + Send + 'static,
    {
        let Ok(turn) = Arc::clone(&self.writer).try_acquire_owned() else { return };
        let pool = Arc::clone(&self.pool);
        drop(tokio::task::spawn_blocking(move || {
            if let Err(error) = pool.with_node(Role::Writer, turn, change) {
                tracing::warn!(%error, "{what}");
            }
        }));
    }

    /// Something long, such as an export, with a connection of its own, on a thread of its own: a
    /// client that reads slowly keeps nobody else from asking. Refused where too many are under way.
    pub(crate) fn apart<F>(&self, use_case: F) -> Result<(), AppError>
    where
        F: FnOnce(Result<Node, AppError>) + Send + 'static,
    {
        let Ok(turn) = Arc::clone(&self.long).try_acquire_owned() else {
            return Err(AppError::new(Kind::Unavailable, Finding::error("too-many-exports")));
        };
        let pool = Arc::clone(&self.pool);
        drop(tokio::task::spawn_blocking(move || {
            use_case(pool.opened());
            drop(turn);
        }));
        Ok(())
    }

    /// A look of a few microseconds, right here: one row by its key, never a search. Opening takes
    /// longer, minutes where another pack is made ready: one thread does, and no other waits for it.
    pub(crate) async fn glance<T>(
        &self,
        look: impl Fn(&Node) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        if let Some(seen) = self.pool.glanced(&look) {
            return seen;
        }
        let _turn = self.opening.acquire().await.map_err(|closed| fault(&closed))?;
        if let Some(seen) = self.pool.glanced(&look) {
            return seen;
        }
        let pool = Arc::clone(&self.pool);
        let opened = tokio::task::spawn_blocking(move || {
            let node = pool.opened()?;
            *locked(&pool.glancing) = Some(node);
            Ok(())
        });
        opened.await.unwrap_or_else(|panicked| Err(fault(&panicked)))?;
        self.pool.glanced(&look).unwrap_or_else(|| Err(changing()))
    }

    async fn run<T, F>(
        &self,
        queue: &Arc<Semaphore>,
        role: Role,
        use_case: F,
    ) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Node) -> Result<T, AppError> + Send + 'static,
    {
        let turn = Arc::clone(queue).acquire_owned().await.map_err(|closed| fault(&closed))?;
        let pool = Arc::clone(&self.pool);
        let ran = tokio::task::spawn_blocking(move || pool.with_node(role, turn, use_case)).await;
        ran.unwrap_or_else(|panicked| Err(fault(&panicked)))
    }
}

/// Which connections a use case takes its own from. A writer has the caches of its own writes.
#[derive(Clone, Copy, Debug)]
enum Role {
    Reader,
    Writer,
}

/// Open connections that nobody uses at the moment.
struct Pool {
    folder: PathBuf,
    /// What further connections are made from.
    root: Mutex<Node>,
    readers: Mutex<Vec<Node>>,
    writers: Mutex<Vec<Node>>,
    glancing: Mutex<Option<Node>>,
}

impl Pool {
    fn new(node: Node) -> Self {
        warm_beside(&node);
        Self {
            folder: node.files().folder.clone(),
            root: Mutex::new(node),
            readers: Mutex::default(),
            writers: Mutex::default(),
            glancing: Mutex::default(),
        }
    }

    /// Runs a use case; its turn ends with it, not with whoever waits for it.
    fn with_node<T>(
        &self,
        role: Role,
        turn: OwnedSemaphorePermit,
        use_case: impl FnOnce(&mut Node) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let idle = match role {
            Role::Reader => &self.readers,
            Role::Writer => &self.writers,
        };
        let mut node = self.taken(idle)?;
        let answer = use_case(&mut node);
        if is_sound(&answer) {
            locked(idle).push(node);
        }
        drop(turn);
        answer
    }

    /// A look through the connection that is kept for looks; nothing where there is none of use.
    fn glanced<T>(
        &self,
        look: impl FnOnce(&Node) -> Result<T, AppError>,
    ) -> Option<Result<T, AppError>> {
        let mut held = locked(&self.glancing);
        let node = held.take().filter(is_current)?;
        let seen = look(&node);
        *held = is_sound(&seen).then_some(node);
        Some(seen)
    }

    fn taken(&self, idle: &Mutex<Vec<Node>>) -> Result<Node, AppError> {
        let found = locked(idle).pop();
        found.filter(is_current).map_or_else(|| self.opened(), Ok)
    }

    fn opened(&self) -> Result<Node, AppError> {
        let mut root = locked(&self.root);
        if !is_current(&root) {
            *root = Node::open(&self.folder, system::environment())?;
            warm_beside(&root);
        }
        root.another(system::environment())
    }
}

/// Has all connections of a node answer windows from memory once a thread has read them; until
/// then, and where that fails, they ask the database.
fn warm_beside(node: &Node) {
    let Ok(beside) = node.another(system::environment()) else { return };
    std::thread::spawn(move || {
        if let Err(error) = beside.warm() {
            tracing::warn!("windows are not in memory: {error}");
        }
    });
}

/// Whether a connection works with the pack that the node has now.
fn is_current(node: &Node) -> bool {
    node.is_current().unwrap_or(false)
}

/// Whether a connection is as good as before. After trouble with the disk nobody knows.
fn is_sound<T>(answer: &Result<T, AppError>) -> bool {
    match answer {
        Ok(_) => true,
        Err(error) => {
            matches!(error.kind, Kind::Invalid | Kind::DeniedOrAbsent | Kind::Conflict)
        }
    }
}

/// What is behind a lock. A panic while it was held left it whole: nothing in here is half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The node changes again and again, from pack to pack.
fn changing() -> AppError {
    AppError::new(Kind::Unavailable, Finding::error("store-busy"))
}

fn fault(what: &dyn std::fmt::Display) -> AppError {
    tracing::error!("a use case did not end: {what}");
    AppError::new(Kind::Internal, Finding::error("internal").with("what", "panic"))
}
