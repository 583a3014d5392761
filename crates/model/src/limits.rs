//! Every limit on what a person, file, form or peer can send, by name.
//!
//! A limit that is met is an error with the limit in its words, never a silent cut.

/// The longest body of a journal entry, in bytes of CBOR: room for one value of rows of the largest
/// size, and 64 KiB for everything else.
pub const ENTRY_BODY_BYTES_MAX: usize = ROWS_BYTES_MAX + 64 * 1024;
/// The most fields one entry may set.
pub const ENTRY_FIELDS_MAX: usize = 512;
/// The most overwritten entries one field edit may name.
pub const FIELD_PREDECESSORS_MAX: usize = 256;
/// The longest text of one field, in bytes.
pub const TEXT_BYTES_MAX: usize = 32 * 1024;
/// The most positions of one geometry.
pub const GEOMETRY_POSITIONS_MAX: usize = 100_000;
/// The most positions of a geometry in one journal entry: 8 bytes each must fit in a body.
pub const VALUE_POSITIONS_MAX: usize = 4_000;
/// The most rows of one value, rows within its rows included.
pub const ROWS_MAX: usize = 1_000;
/// How deep rows may stand within rows.
pub const ROWS_DEPTH_MAX: usize = 3;
/// The largest value of rows, in bytes of CBOR.
pub const ROWS_BYTES_MAX: usize = 1 << 20;
/// The longest filter, in bytes of text or JSON.
pub const FILTER_BYTES_MAX: usize = 64 * 1024;
/// The deepest nesting of a filter.
pub const FILTER_DEPTH_MAX: usize = 64;
/// The most values in one IN list.
pub const FILTER_LIST_MAX: usize = 1_000;
/// The longest pattern of a LIKE, in bytes.
pub const FILTER_PATTERN_BYTES_MAX: usize = 1_000;
/// The largest page of a query.
pub const PAGE_MAX: usize = 10_000;
/// Bytes of a page of records: it ends with the record that goes beyond, and says that more follow.
pub const PAGE_BYTES_MAX: usize = 16 << 20;
/// The most records that paging passes over.
pub const OFFSET_MAX: usize = 10_000_000;
/// The largest import file as it lies on disk, in bytes: 2 GiB less one.
pub const IMPORT_FILE_BYTES_MAX: u64 = (2 << 30) - 1;
/// The most an archive or compressed import may unfold to, in bytes.
pub const IMPORT_UNPACKED_BYTES_MAX: u64 = 4 << 30;
/// The most a workbook may unfold to, in bytes: it is held in memory.
pub const WORKBOOK_UNPACKED_BYTES_MAX: u64 = 256 << 20;
/// The largest ratio of unfolded to packed bytes of a workbook.
pub const WORKBOOK_RATIO_MAX: u64 = 100;
/// The most a GeoJSON import may hold, in bytes: it is held in memory.
pub const GEOJSON_BYTES_MAX: u64 = 256 << 20;
/// The most columns of a table.
pub const IMPORT_COLUMNS_MAX: usize = 512;
/// The longest cell of a table, in bytes.
pub const IMPORT_CELL_BYTES_MAX: usize = 1 << 20;
/// The longest row of a table, in bytes.
pub const IMPORT_ROW_BYTES_MAX: usize = 16 << 20;
/// The largest file of a pack, in bytes.
pub const PACK_FILE_BYTES_MAX: u64 = 64 << 20;
/// The most files of a pack.
pub const PACK_FILES_MAX: usize = 4_096;
/// The longest chain of packs that extend each other.
pub const PACK_EXTENDS_MAX: usize = 8;
/// The most findings reported at once; the rest are counted.
pub const FINDINGS_MAX: usize = 1_000;
/// How far ahead of ours another clock may be before it no longer advances ours: five minutes.
pub const CLOCK_AHEAD_MS_MAX: i64 = 5 * 60 * 1_000;
/// The longest password, in bytes.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// The longest name of a user that people read, in characters.
pub const DISPLAY_CHARS_MAX: usize = 120;
/// The longest text that can be the secret of a session or token, in bytes.
pub const SECRET_BYTES_MAX: usize = 128;
/// The longest name of a token, in characters.
pub const TOKEN_NAME_CHARS_MAX: usize = 80;
/// The longest life of a token, in days.
pub const TOKEN_DAYS_MAX: u32 = 366;
/// The most tokens of one user.
pub const TOKENS_MAX: usize = 50;
/// The largest submission of a phone, in bytes: the largest file, and the answers with it.
pub const PHONE_BODY_BYTES_MAX: u64 = ATTACHMENT_BYTES_MAX + (2 << 20);
/// The longest document of a phone, in bytes.
pub const PHONE_XML_BYTES_MAX: usize = 1 << 20;
/// The most elements, attributes and texts in a document of a phone.
pub const PHONE_NODES_MAX: u32 = 50_000;
/// How deep elements of such a document may stand in each other.
pub const PHONE_DEPTH_MAX: usize = 32;
/// The most parts of a submission: Collect sends a hundred files at once, its document and a mark.
pub const PHONE_PARTS_MAX: usize = 110;
/// The most files of one submission, however many requests they come in.
pub const PHONE_FILES_MAX: usize = 1_000;
/// The longest name that a phone gives to a form, a document or a file, in bytes.
pub const PHONE_NAME_BYTES_MAX: usize = 255;
/// The most of what a phone calls itself that is kept, in characters.
pub const PHONE_DEVICE_CHARS_MAX: usize = 120;
/// The most submissions of one user in 24 hours.
pub const PHONE_DAY_MAX: u64 = 5_000;
/// The most bytes that submissions of one user bring in 24 hours.
pub const PHONE_DAY_BYTES_MAX: u64 = 4 << 30;
/// The most submissions that are listed at once.
pub const PHONE_LISTED_MAX: usize = 1_000;
/// The largest vector tile, in bytes before compression.
pub const TILE_BYTES_MAX: usize = 300_000;
/// The most stretches of a timeline: ten years of days.
pub const TIMELINE_BUCKETS_MAX: usize = 4_000;
/// The most fields counted by value in one question.
pub const FACETS_MAX: usize = 12;
/// The largest file attached to a record, in bytes.
pub const ATTACHMENT_BYTES_MAX: u64 = 25 << 20;
/// The longest name of an attached file, in bytes.
pub const FILE_NAME_BYTES_MAX: usize = 200;
/// The longest stretch of time of a deadline, in days: ten years.
pub const WORKFLOW_SPAN_DAYS_MAX: i64 = 3_650;
/// The same in months.
pub const WORKFLOW_MONTHS_MAX: u16 = 120;
/// The most things one clock is told apart by.
pub const CLOCK_KEYS_MAX: usize = 4;
/// Rows of one sheet of a form.
pub const FORM_ROWS_MAX: usize = 200_000;
/// Cells of one sheet of a form.
pub const FORM_CELLS_MAX: usize = 4_000_000;
/// Groups and repeats of a form within each other.
pub const FORM_DEPTH_MAX: usize = 64;
/// The largest workbook of a form, in bytes.
pub const FORM_BYTES_MAX: u64 = 16 << 20;
/// The most groups one clock is told by.
pub const CLOCK_GROUPS_MAX: usize = 10_000;
/// The longest expression of a form, in bytes.
pub const EXPRESSION_BYTES_MAX: usize = 32 * 1024;
/// The deepest nesting of an expression.
pub const EXPRESSION_DEPTH_MAX: usize = 96;
/// The most nodes that the expressions of one record may look at, all together.
pub const EXPRESSION_NODES_MAX: u64 = 2_000_000;
/// The longest text an expression may make, in bytes.
pub const EXPRESSION_TEXT_BYTES_MAX: usize = 256 * 1024;
/// The most memory a pattern of a form may need when it is compiled, in bytes.
pub const PATTERN_COMPILED_BYTES_MAX: usize = 1 << 20;
/// The farthest that look-alikes may be from each other, in metres: 1,000 km.
pub const LOOK_ALIKE_REACH_M_MAX: u32 = 1_000_000;
/// The most fields that take part in telling look-alikes.
pub const LOOK_ALIKE_FIELDS_MAX: usize = 32;
/// The most records one record is compared with: so many before it and so many after it in time.
pub const LOOK_ALIKE_CANDIDATES_MAX: usize = 500;
/// The most look-alikes that are told of one record.
pub const LOOK_ALIKES_MAX: usize = 20;
/// The most new rows of a file among which look-alikes are looked for.
pub const LOOK_ALIKE_ROWS_MAX: usize = 20_000;
/// The most look-alikes that are told of the rows of a file; all are counted.
pub const LOOK_ALIKE_ROWS_TOLD_MAX: usize = 100;
/// The most words that are looked up or measured to compare all rows of a file; a row begun is finished.
pub const LOOK_ALIKE_WORDS_COMPARED_MAX: usize = 100_000_000;
/// The most different words of one record that are compared.
pub const LOOK_ALIKE_WORDS_MAX: usize = 200;
/// The longest exercise of a pack, in days.
pub const EXERCISE_DAYS_MAX: u16 = 366;
/// The most people of an exercise.
pub const EXERCISE_USERS_MAX: usize = 500;
/// The most files of rows that an exercise brings in.
pub const EXERCISE_IMPORTS_MAX: usize = 200;
/// The most injects of an exercise.
pub const EXERCISE_INJECTS_MAX: usize = 1_000;
/// The most events in the background of an exercise.
pub const EXERCISE_EVENTS_MAX: usize = 20_000;
/// The most acts and checks of an exercise together.
pub const EXERCISE_ACTS_MAX: usize = 10_000;
