CREATE UNIQUE INDEX incident_source ON incident (source_id);
CREATE INDEX incident_sums ON incident (admin2, month, classification_rank, deaths_best);
