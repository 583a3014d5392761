CREATE TABLE incident (
    id INTEGER PRIMARY KEY,              -- the second it happened, unique in made-up data
    source_id TEXT NOT NULL,
    lon INTEGER NOT NULL,                -- units of 1e-7 degree
    lat INTEGER NOT NULL,
    month INTEGER NOT NULL,              -- months since January of year 0
    place_precision TEXT,
    place_name TEXT,
    admin1 TEXT,
    admin2 TEXT,
    type TEXT,
    deaths_low INTEGER,
    deaths_best INTEGER,
    deaths_high INTEGER,
    side_a TEXT,
    side_b TEXT,
    verification TEXT,
    source_grade TEXT,
    credibility TEXT,
    classification_rank INTEGER NOT NULL,
    summary TEXT
);
-- Integers, so that nothing is rounded and no row needs a second look.
CREATE VIRTUAL TABLE incident_place USING rtree_i32 (
    id, west, east, south, north, from_s, until_s, rank_low, rank_high
);
CREATE VIRTUAL TABLE incident_text USING fts5 (
    summary, place_name, side_a, side_b, content = 'incident', content_rowid = 'id'
);
