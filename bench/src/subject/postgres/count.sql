SELECT count(*)
FROM incident
-- Exact, because no event lies near an edge (workload.rs); anything more misleads the planner.
WHERE place && st_makeenvelope($1, $2, $3, $4, 4326)
    AND occurred_at >= $5 AND occurred_at < $6
    AND classification IN ('unclassified', 'confidential')
