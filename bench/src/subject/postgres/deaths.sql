-- The session's time zone is UTC. Sorting in another collation than the index has makes the
-- planner add up by hashing, which is faster here.
SELECT admin2, date_trunc('month', occurred_at) AS month, count(*), coalesce(sum(deaths_best), 0)
FROM incident
WHERE classification IN ('unclassified', 'confidential')
GROUP BY admin2, month
ORDER BY admin2 COLLATE "C", month
