-- What the sample network is made of.

-- name: network_demo_services
-- Services of the region as of a day ($1) and as known at an instant ($2) that have a place in a municipality: at most $3, the oldest first.
SELECT s.id, s.provider, s.name, s.kind, s.provided_from, s.provided_to,
       (SELECT MIN(f.municipality) FROM facility f WHERE f.service = s.id
           AND f.valid_from    <= $1 AND (f.valid_to    IS NULL OR f.valid_to    >= $1)
           AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to >  $2)) AS place,
       (SELECT string_agg(k.form, ',') FROM (SELECT DISTINCT r.form FROM form_row r WHERE r.service = s.id
           AND r.valid_from    <= $1 AND (r.valid_to    IS NULL OR r.valid_to    >= $1)
           AND r.recorded_from <= $2 AND (r.recorded_to IS NULL OR r.recorded_to >  $2) ORDER BY r.form) k) AS forms,
       (SELECT string_agg(g.code, ',') FROM (SELECT t.code FROM service_target_groups t WHERE t.owner = s.row_id ORDER BY t.code) g) AS target_groups,
       (SELECT CAST(SUM(c.count) AS BIGINT) FROM capacity c JOIN form_row q ON q.id = c.form_row AND q.service = s.id
           AND q.valid_from    <= $1 AND (q.valid_to    IS NULL OR q.valid_to    >= $1)
           AND q.recorded_from <= $2 AND (q.recorded_to IS NULL OR q.recorded_to >  $2)
         WHERE c.type = 'luzka'
           AND c.valid_from    <= $1 AND (c.valid_to    IS NULL OR c.valid_to    >= $1)
           AND c.recorded_from <= $2 AND (c.recorded_to IS NULL OR c.recorded_to >  $2)) AS beds
  FROM service s
 WHERE s.valid_from    <= $1 AND (s.valid_to    IS NULL OR s.valid_to    >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to >  $2)
   AND s.merged_into IS NULL AND s.outside_act = 0 AND s.is_public = 1
   AND EXISTS (SELECT 1 FROM facility f WHERE f.service = s.id AND f.municipality IS NOT NULL
           AND f.valid_from    <= $1 AND (f.valid_to    IS NULL OR f.valid_to    >= $1)
           AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to >  $2))
 ORDER BY s.provided_from, s.id
 LIMIT $3

-- name: network_demo_applicants
-- all versions: whoever never stood in the network may ask to enter it, so every line counts
-- Services of the region as of a day ($1) and as known at an instant ($2) that have been as they are since a day ($4) at least and have no line: at most $3,
-- by provider.
SELECT s.id, s.provider, s.kind
  FROM service s
 WHERE s.valid_from    <= $1 AND (s.valid_to    IS NULL OR s.valid_to    >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to >  $2)
   AND s.merged_into IS NULL AND s.outside_act = 0 AND s.is_public = 1 AND s.provided_to IS NULL
   AND s.valid_from <= $4
   AND NOT EXISTS (SELECT 1 FROM network_line l WHERE l.service = s.id)
 ORDER BY s.provider, s.id
 LIMIT $3
