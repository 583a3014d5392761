-- The search column is kept in the row, so that a found row need not be taken apart again.
CREATE TABLE incident (
    source_id text PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    place geometry(Point, 4326) NOT NULL,
    place_precision text,
    place_name text,
    admin1 text,
    admin2 text,
    type text,
    deaths_low integer,
    deaths_best integer,
    deaths_high integer,
    side_a text,
    side_b text,
    verification text,
    source_grade text,
    credibility text,
    classification text NOT NULL,
    summary text,
    search tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', coalesce(summary, '') || ' ' || coalesce(place_name, '') || ' '
            || coalesce(side_a, '') || ' ' || coalesce(side_b, ''))
    ) STORED
);
