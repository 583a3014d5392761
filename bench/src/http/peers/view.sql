-- What the viewer of all questions may see, with every field and nothing else.
CREATE SCHEMA seen;
CREATE VIEW seen.incident AS
SELECT source_id, occurred_at, place, place_precision, place_name, admin1, admin2, type,
    deaths_low, deaths_best, deaths_high, side_a, side_b, verification, source_grade,
    credibility, classification, summary
FROM incident
WHERE classification IN ('unclassified', 'confidential');
