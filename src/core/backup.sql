-- Backups: what is asked of the copied moment, and the list of those that were made.

-- name: backup_head
-- Number and hash of the last record of the trail.
SELECT seq, hash FROM trail_head

-- name: backup_data_version
-- The number that every write touching public data raises.
SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'data_version'

-- name: backup_migrations
-- The steps of the schema that this store has taken.
SELECT module, number FROM schema_migration ORDER BY module, number

-- name: backup_contents
-- Contents of files behind a digest ($1), in the order of digests.
SELECT sha256, MAX(size) FROM stored_file WHERE sha256 > $1 GROUP BY sha256 ORDER BY sha256 LIMIT 500

-- name: backup_row_count
-- Whether a content ($1) is still wanted.
SELECT COUNT(*) FROM stored_file WHERE sha256 = $1

-- name: backup_add
-- One backup, in the order of its columns.
INSERT INTO backup_log (file, folder, made, size, tables, total_rows, files, missing, trail_seq, data_version, key_name, verified, verdict)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, '')

-- name: backup_list
-- Newest first, at most $1.
SELECT file, folder, made, size, tables, total_rows, files, missing, trail_seq, data_version, key_name, verified, verdict
  FROM backup_log ORDER BY made DESC LIMIT $1

-- name: backup_verified
-- A backup ($1) was restored on trial at a moment ($2) with an outcome ($3); '' = all was well.
UPDATE backup_log SET verified = $2, verdict = $3 WHERE file = $1

-- name: backup_forget
-- A backup ($1) is no more.
DELETE FROM backup_log WHERE file = $1

-- name: backup_jobs_waiting
-- Jobs of a kind ($1) that wait or run.
SELECT COUNT(*) FROM job WHERE kind = $1 AND state IN ('queued', 'running')
