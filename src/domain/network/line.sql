-- The things that lines of a network speak of, 48 at a time; places that are not needed hold zero.

-- name: line_identifiers
-- all versions: the identifier of a registration never changes, and a line may speak of a service that ended before or begins after the day that is asked.
-- Identifiers of services ($1 to $48).
SELECT s.id, MAX(s.identifier)
  FROM service s
 WHERE s.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
   $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48)
 GROUP BY s.id

-- name: line_providers
-- all versions: every span of days as known now; the one of the day is chosen, or, for a provider that was not yet or is no longer, the nearest.
-- Providers ($1 to $48).
SELECT p.id, p.valid_from, p.valid_to, p.name, p.ico, p.legal_form, p.municipality
  FROM provider p
 WHERE p.recorded_to IS NULL
   AND p.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
   $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48)
 ORDER BY p.id, p.valid_from

-- name: line_beds
-- Registered beds of services ($3 to $50), on a day ($1) and as known at an instant ($2), once per registration and form.
SELECT f.service, CAST(SUM(k.count) AS BIGINT)
  FROM form_row f
  JOIN capacity k ON k.form_row = f.id AND k.type = 'luzka'
   AND k.valid_from    <= $1 AND (k.valid_to    IS NULL OR k.valid_to    >= $1)
   AND k.recorded_from <= $2 AND (k.recorded_to IS NULL OR k.recorded_to >  $2)
 WHERE f.valid_from    <= $1 AND (f.valid_to    IS NULL OR f.valid_to    >= $1)
   AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to >  $2)
   AND f.service IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
   $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)
 GROUP BY f.service

-- name: lines_ever
-- all versions: each line that ever stood in the network ($1), by the number of its first record.
-- Lines of a history.
SELECT l.id
  FROM network_line l
 WHERE l.network = $1
   AND NOT EXISTS (SELECT 1 FROM network_line earlier WHERE earlier.id = l.id AND earlier.network = l.network AND earlier.row_id < l.row_id)
 ORDER BY l.number_sort, l.id

-- name: line_version_of_resolution
-- The version of a network ($1) that was approved by a resolution ($2); 0 = none.
SELECT COALESCE(MAX(v.id), 0)
  FROM network_version v
 WHERE v.network = $1 AND v.resolution = $2 AND v.state IN ('approved', 'effective', 'superseded')

-- name: lines_out_of_time
-- Lines that stand in a network on a day ($1), as known at an instant ($2), though the time for which they were taken in ran out before it.
SELECT l.id
  FROM network_line l
 WHERE l.until < $1 AND l.status IN ('prepared', 'in_network', 'with_reservation', 'exit_proposed')
   AND l.valid_from    <= $1 AND (l.valid_to    IS NULL OR l.valid_to    >= $1)
   AND l.recorded_from <= $2 AND (l.recorded_to IS NULL OR l.recorded_to >  $2)
 ORDER BY l.id

-- name: lines_other_ceiling
-- all versions: rows are named one by one.
-- How many of these rows ($1, a list in JSON) stand in the network with another ceiling in one year ($2) than in the other ($3).
SELECT COUNT(*)
  FROM network_line l
 WHERE l.row_id IN (SELECT value FROM json_each($1)) AND l.status IN ('in_network', 'with_reservation', 'exit_proposed')
   AND COALESCE((SELECT a.amount FROM network_line_ceilings a WHERE a.owner = l.row_id AND a.code = $2), 0)
    <> COALESCE((SELECT b.amount FROM network_line_ceilings b WHERE b.owner = l.row_id AND b.code = $3), 0)
-- postgres:
SELECT COUNT(*)
  FROM network_line l
 WHERE l.row_id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) v)
   AND l.status IN ('in_network', 'with_reservation', 'exit_proposed')
   AND COALESCE((SELECT a.amount FROM network_line_ceilings a WHERE a.owner = l.row_id AND a.code = $2), 0)
    <> COALESCE((SELECT b.amount FROM network_line_ceilings b WHERE b.owner = l.row_id AND b.code = $3), 0)
