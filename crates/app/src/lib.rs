//! Use cases: authorise, validate, append, project, ask. The only writer of the journal.
//!
//! A [`Node`] is a folder: the database, the device's key, refused rows of imports. Every call names
//! the acting user through a [`Viewer`]; what that user may not see is absent. Errors are
//! [`AppError`]: a kind for the caller, findings for the person.
//!
//! The types of other crates that its interface hands out are named here ([`Pack`], [`Register`],
//! [`Viewer`]), because whoever serves people may depend on this crate and `model` alone.
//!
//! Nothing here knows HTTP, a terminal, the environment or the words people read.

mod accounts;
mod administer;
mod alike;
mod answers;
mod ask;
mod atlas;
mod attachments;
mod batches;
mod cells;
mod changeover;
mod clocks;
mod coverage;
mod doctor;
mod documents;
mod edit;
mod error;
mod exercise;
mod export;
mod features;
mod held;
mod import;
mod mandates;
mod narrow;
mod node;
mod once;
mod overdue;
mod own_forms;
mod packs;
mod pages;
mod people;
mod phone;
mod registers;
mod secrets;
mod seen;
mod sessions;
mod shown;
mod sign_in;
mod sums;
mod throttle;
mod tiles;
mod timeline;
mod tokens;
mod totp;
mod undo;
mod version;
mod workflow;

pub use accounts::{NewUser, UserChange};
pub use administer::{Rebuilt, Verified};
pub use alike::Merge;
pub use answers::Answers;
pub use ask::{Answer, Question, RecordView};
pub use attachments::{AttachedFile, FileSaid, Incoming, OutgoingFile};
pub use clocks::ClockQuestion;
pub use coverage::{coverage_json, register_list_json};
pub use doctor::{Check, Condition};
pub use documents::{mandate_diff_json, mandate_json, mandates_json, pack_diff_json};
pub use edit::Choice;
pub use error::{AppError, Kind};
pub use exercise::{ExerciseBackground, ExerciseReport, ExerciseRows};
pub use export::{ExportFormat, Exported};
pub use features::Features;
pub use forms::form::Field;
pub use held::Done;
pub use import::{AsOf, Import, ImportReport, ROWS_PER_COMMIT, RefusedRow, RowFate};
pub use mandates::mandate_named;
pub use mission::pack::Pack;
pub use mission::register::Register;
pub use node::{Environment, Node, NodeFiles};
pub use once::{NotAKey, RequestKey};
pub use overdue::OverdueQuestion;
pub use own_forms::{FormFile, TakenForm, read_form, read_form_bytes, xform};
pub use packs::{PackFolders, check_pack, load_pack};
pub use pages::Written;
pub use phone::{PhoneFile, PhoneForm, PhoneKey, PhoneOutcome, PhoneSent, PhoneTaken, PhoneUpload};
pub use policy::{Action, Viewer};
pub use secrets::{NewPassword, Secret, password_warning};
pub use sessions::{Caller, Credential, SESSION_IDLE_MS, SESSION_MS, Scope};
pub use shown::{Shown, Step};
pub use sign_in::{Attempt, Checked, SignedIn};
pub use store::Extent;
pub use sums::{SumBy, SumRow};
pub use tiles::{Tile, TileQuestion};
pub use timeline::Stretch;
pub use tokens::TokenView;
pub use totp::Enrolment;
pub use undo::Undone;
pub use version::{Aim, NotAVersion, Version};
