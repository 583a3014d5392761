SELECT source_id, occurred_at, st_x(place), st_y(place), type, admin2, deaths_best, verification
FROM incident
WHERE search @@ to_tsquery('simple', $1)
    AND classification IN ('unclassified', 'confidential')
ORDER BY occurred_at DESC
LIMIT 20
