//! Files on their way out: without what a camera wrote about them, but for whoever works on the record.

use model::finding::Finding;
use model::id::BlobId;
use policy::{Action, Viewer};
use serde_json::Value as Json;
use store::FILE_PART_BYTES;

use super::AttachedFile;
use super::clean::{self, Piece};
use super::photo::{self, Camera};
use crate::edit::{allow, shown_values};
use crate::error::{AppError, Kind};
use crate::node::Node;

/// A file as it is given out.
#[derive(Clone, Debug)]
pub struct OutgoingFile {
    /// Which one.
    pub file: AttachedFile,
    /// How many bytes are given out.
    pub bytes: u64,
    pieces: Vec<Piece>,
}

impl Node {
    /// A file of a record to be given out, where it is attached to it and the viewer may read the
    /// record. Without remarks of cameras; as it came only to whoever may attach files to it.
    pub fn outgoing(
        &self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        blob: &str,
        is_original: bool,
    ) -> Result<OutgoingFile, AppError> {
        let file = self.attached(viewer, (register, id), blob)?;
        if is_original {
            self.allow_original(viewer, register, id)?;
            let length = usize::try_from(file.bytes).unwrap_or(usize::MAX);
            let pieces = vec![Piece::Kept(0..length)];
            return Ok(OutgoingFile { bytes: file.bytes, file, pieces });
        }
        let content = self.beginning(&file.blob, u32::MAX)?;
        if content.len() as u64 != file.bytes {
            return Err(not_here(&file));
        }
        let pieces = clean::pieces(&content).map_err(|clean::NotCleanable| {
            let finding = Finding::error("attachment-not-cleanable").with("name", &file.name);
            AppError::new(Kind::Conflict, finding)
        })?;
        let bytes = pieces.iter().map(|piece| piece.len() as u64).sum();
        Ok(OutgoingFile { file, bytes, pieces })
    }

    /// A piece of a file that [`Self::outgoing`] gave, of bounded length; nothing after the last one.
    pub fn outgoing_part(
        &self,
        file: &OutgoingFile,
        part: usize,
    ) -> Result<Option<Vec<u8>>, AppError> {
        match file.parts().nth(part) {
            None => Ok(None),
            Some(Piece::Made(bytes)) => Ok(Some(bytes)),
            Some(Piece::Kept(stretch)) => {
                let number = u32::try_from(stretch.start / FILE_PART_BYTES).unwrap_or(u32::MAX);
                let content = self.store.ground().file_part(&file.file.blob, number)?;
                let from = stretch.start % FILE_PART_BYTES;
                let content =
                    content.as_deref().and_then(|part| part.get(from..from + stretch.len()));
                content.map(|bytes| Some(bytes.to_vec())).ok_or_else(|| not_here(&file.file))
            }
        }
    }

    /// What the camera says of a file; null where it says nothing or the file is not held here.
    pub(crate) fn camera(&self, blob: &BlobId) -> Result<Json, AppError> {
        let first = self.beginning(blob, 1)?;
        let content = match photo::parts_max(&first) {
            0 => return Ok(Json::Null),
            1 => first,
            parts_max => self.beginning(blob, parts_max)?,
        };
        Ok(Camera::of(&content).map_or(Json::Null, |camera| camera.json()))
    }

    /// A file up to its end or to so many parts.
    fn beginning(&self, blob: &BlobId, parts_max: u32) -> Result<Vec<u8>, AppError> {
        let mut content = Vec::new();
        for part in 0..parts_max {
            let Some(bytes) = self.store.ground().file_part(blob, part)? else { break };
            content.extend(bytes);
        }
        Ok(content)
    }

    fn allow_original(&self, viewer: &Viewer, register: &str, id: &str) -> Result<(), AppError> {
        let whole = self.whole(viewer, register, id)?;
        let register = self.register(&whole.register)?;
        let allowed =
            allow(viewer, Action::Attach, register, &shown_values(register, whole.full()));
        allowed.map_err(|_not_allowed| {
            AppError::absent("attachment-original-not-allowed", &viewer.name)
        })
    }
}

impl OutgoingFile {
    /// Its pieces, none of them across two parts of the file as it is kept.
    fn parts(&self) -> impl Iterator<Item = Piece> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Made(bytes) => vec![Piece::Made(bytes.clone())],
            Piece::Kept(stretch) => {
                let first = stretch.start / FILE_PART_BYTES;
                let last = stretch.end.saturating_sub(1) / FILE_PART_BYTES;
                let within = |part: usize| {
                    let from = stretch.start.max(part * FILE_PART_BYTES);
                    Piece::Kept(from..stretch.end.min((part + 1) * FILE_PART_BYTES))
                };
                (first..=last).map(within).filter(|piece| piece.len() > 0).collect()
            }
        })
    }
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(stretch) => stretch.len(),
            Self::Made(bytes) => bytes.len(),
        }
    }
}

fn not_here(file: &AttachedFile) -> AppError {
    let finding = Finding::error("attachment-not-here").with("name", &file.name);
    AppError::new(Kind::Unavailable, finding)
}
