-- What is kept for a time, and what is known about one account.

-- name: keep_journal_count
-- Events of the journal before a moment ($1).
SELECT COUNT(*), MIN(at) FROM journal WHERE at < $1

-- name: keep_journal_remove
-- They go, a bearable number at a time.
DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE at < $1 ORDER BY id LIMIT 5000)

-- name: keep_names_count
-- Names and addresses of people in months of the trail before one ($1).
SELECT COUNT(*), MIN(month) FROM trail_person WHERE month < $1

-- name: keep_jobs_count
-- Jobs that ended before a moment ($1).
SELECT COUNT(*), MIN(ended) FROM job WHERE state IN ('done', 'failed', 'cancelled') AND ended < $1

-- name: keep_previews_count
-- Files of imports that are still held and were judged before a moment ($1).
SELECT COUNT(*), MIN(made) FROM import_preview WHERE file IS NOT NULL AND made < $1

-- name: keep_prints_count
-- PDFs asked for before a moment ($1).
SELECT COUNT(*), MIN(asked) FROM printout WHERE asked < $1

-- name: keep_person_trail
-- Records of the trail by account $1 behind a number ($2).
SELECT seq, at, action, object, object_id, text, reason FROM trail WHERE account = $1 AND seq > $2 ORDER BY seq LIMIT 1000

-- name: keep_person_journal
-- Events of the journal of account $1.
SELECT at, what, address, detail FROM journal WHERE account = $1 ORDER BY id

-- name: keep_person_jobs
-- Jobs of account $1.
SELECT title, state, created, ended FROM job WHERE account = $1 ORDER BY id

-- name: keep_person_jobs_erase
-- Finished jobs of account $1 lose its name.
UPDATE job SET account_name = '' WHERE account = $1 AND account_name <> '' AND state IN ('done', 'failed', 'cancelled')
