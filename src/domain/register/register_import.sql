-- Imports of the national register, their previews, manual corrections and what is to be repaired.

-- name: register_towns
-- RÚIAN code, id and name of all municipalities.
SELECT code, id, name FROM territory WHERE level = 'municipality'

-- name: register_sources
-- What the register said last about services or providers ($1).
SELECT code, object_id, digest FROM register_source WHERE kind = $1

-- name: register_source_of
-- The object that the register calls $2, a service or provider ($1).
SELECT object_id FROM register_source WHERE kind = $1 AND code = $2

-- name: register_source_put
-- What the register says now: kind, code, number on the portal, object, digest, import.
INSERT INTO register_source (kind, code, portal_id, object_id, digest, seen_in) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (kind, code) DO UPDATE SET portal_id = excluded.portal_id, digest = excluded.digest, seen_in = excluded.seen_in

-- name: register_sources_active
-- Services that came from the register and are provided on a day ($1), as we believe now.
-- all versions: recorded_to IS NULL is what is believed now
SELECT s.code, s.object_id, t.name, t.identifier
  FROM register_source s
  JOIN service t ON t.id = s.object_id
   AND t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to >= $1) AND t.recorded_to IS NULL
 WHERE s.kind = 'service' AND (t.provided_to IS NULL OR t.provided_to >= $1)
 ORDER BY s.code

-- name: register_import_add
-- A preview, in the order of its columns.
INSERT INTO register_import (id, made_at, state, file_name, file, size, reason, account, account_name, records, services, providers, facilities,
                             added, changed, ended, missing, held, same, fields, derived, kept, faults, applied_at, used)
VALUES ($1, $2, 'previewed', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, NULL, 0)

-- name: register_import_one
-- One import.
SELECT id, made_at, state, file_name, file, size, reason, account, account_name, records, services, providers, facilities,
       added, changed, ended, missing, held, same, fields, derived, kept, faults, applied_at, used
  FROM register_import
 WHERE id = $1

-- name: register_import_list
-- The newest imports, at most $1.
SELECT id, made_at, state, file_name, file, size, reason, account, account_name, records, services, providers, facilities,
       added, changed, ended, missing, held, same, fields, derived, kept, faults, applied_at, used
  FROM register_import
 ORDER BY id DESC
 LIMIT $1

-- name: register_import_state
-- An import ($1) is now applied or dropped ($2) at a moment ($3) with $4 rows used; the file is not needed any more.
UPDATE register_import SET state = $2, applied_at = $3, used = $4, file = NULL WHERE id = $1 AND state = 'previewed'

-- name: register_import_row_add
-- A row of a preview, in the order of its columns.
INSERT INTO register_import_row (import, position, entity, kind, code, object_id, title, subtitle, places, first_day, digest, judged, fields,
                                 derived, kept, accepted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)

-- name: register_import_rows
-- Rows of a preview ($1) of a kind ($2, '' = all) behind a position ($3), at most $4; providers come by themselves with their services.
SELECT position, entity, kind, code, object_id, title, subtitle, places, fields, derived, kept, accepted
  FROM register_import_row
 WHERE import = $1 AND (kind = $2 OR $2 = '') AND position > $3 AND NOT (entity = 'provider' AND kind = 'added')
 ORDER BY position
 LIMIT $4

-- name: register_import_row_all
-- Every row of a preview ($1), to apply it.
SELECT position, entity, kind, code, object_id, places, first_day, digest, judged, accepted
  FROM register_import_row
 WHERE import = $1
 ORDER BY position

-- name: register_import_row_accept
-- The row at a position ($2) of an import ($1) is accepted.
UPDATE register_import_row SET accepted = 1 WHERE import = $1 AND position = $2

-- name: register_import_row_refuse
-- No row of an import ($1) at the positions from $2 to $3 is accepted.
UPDATE register_import_row SET accepted = 0 WHERE import = $1 AND position >= $2 AND position <= $3 AND accepted = 1

-- name: register_import_changes_clear
-- Changes of earlier previews are not needed any more: what was applied is in the trail.
DELETE FROM register_import_change

-- name: register_import_rows_clear
-- Rows of earlier previews.
DELETE FROM register_import_row

-- name: register_imports_drop
-- Earlier previews that nobody used, at a moment ($1).
UPDATE register_import SET state = 'dropped', applied_at = $1, file = NULL WHERE state = 'previewed'

-- name: register_import_change_add
-- A change of a row, in the order of its columns.
INSERT INTO register_import_change (import, row_position, position, entity, object_id, object_name, field, kind, value_before, value_after)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: register_import_changes
-- Changes of one row ($2) of an import ($1).
SELECT entity, object_id, object_name, field, kind, value_before, value_after
  FROM register_import_change
 WHERE import = $1 AND row_position = $2
 ORDER BY position

-- name: register_override_add
-- A manual correction, in the order of its columns.
INSERT INTO register_override (id, entity, object_id, field, value, register_value, reason, account, account_name, made_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)

-- name: register_override_value
-- The corrected value is now $2.
UPDATE register_override SET value = $2 WHERE id = $1 AND ended_at IS NULL

-- name: register_override_register
-- The register now says $2.
UPDATE register_override SET register_value = $2 WHERE id = $1 AND ended_at IS NULL

-- name: register_override_end
-- The correction ended at a moment ($2).
UPDATE register_override SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL

-- name: register_override_live
-- Corrections of an object ($2) of an entity ($1).
SELECT id, field, value, register_value, reason, account, account_name, made_at
  FROM register_override
 WHERE entity = $1 AND object_id = $2 AND ended_at IS NULL
 ORDER BY field

-- name: register_override_all
-- Every live correction.
SELECT id, entity, object_id, field, value, register_value FROM register_override WHERE ended_at IS NULL

-- name: register_repair_add
-- Something to be repaired, in the order of its columns.
INSERT INTO register_repair (id, kind, entity, object_id, code, place, text, found_in, found_at, fixed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)

-- name: register_repair_all
-- What waits for repair, to be compared.
SELECT id, kind, code, text FROM register_repair WHERE fixed_at IS NULL

-- name: register_repair_fix
-- Repaired at a moment ($2).
UPDATE register_repair SET fixed_at = $2 WHERE id = $1 AND fixed_at IS NULL

-- name: register_repair_list
-- What waits for repair, of a kind ($1, '' = all), behind number $2, at most $3.
SELECT id, object_id, kind, entity, code, place, text, found_at
  FROM register_repair
 WHERE fixed_at IS NULL AND (kind = $1 OR $1 = '') AND id > $2
 ORDER BY id
 LIMIT $3

-- name: register_repair_count
-- How much waits for repair, by kind.
SELECT kind, COUNT(*) FROM register_repair WHERE fixed_at IS NULL GROUP BY kind ORDER BY kind
