INSERT INTO incident_place
    SELECT id, lon, lon, lat, lat, id, id, classification_rank, classification_rank FROM incident;
