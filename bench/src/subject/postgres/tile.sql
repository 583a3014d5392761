-- Two attributes. A point on an edge is in one tile only, that to the east or south of it, so that
-- tiles can be added up; `&&` alone compares boxes rounded to 24 bits.
SELECT ST_AsMVT(t, 'points')
FROM (
    SELECT ST_AsMVTGeom(ST_Transform(place, 3857), ST_TileEnvelope($1, $2, $3), 4096, 0, true) AS geom,
        type, deaths_best
    FROM incident
    WHERE place && ST_Transform(ST_TileEnvelope($1, $2, $3), 4326)
        AND st_x(place) >= st_xmin(ST_Transform(ST_TileEnvelope($1, $2, $3), 4326))
        AND st_y(place) <= st_ymax(ST_Transform(ST_TileEnvelope($1, $2, $3), 4326))
        AND st_x(place) < st_xmax(ST_Transform(ST_TileEnvelope($1, $2, $3), 4326))
        AND st_y(place) > st_ymin(ST_Transform(ST_TileEnvelope($1, $2, $3), 4326))
        AND classification IN ('unclassified', 'confidential')
) t
WHERE geom IS NOT NULL
