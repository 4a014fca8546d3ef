-- What home, the overview and the site map ask, as of a day ($1) and as known at an instant ($2) where things are dated.

-- name: site_last_recorded
-- The newest instant at which anything dated was recorded; no row in a new store.
SELECT value FROM meta WHERE key = 'recorded'

-- name: home_newest
-- Public services in operation that began last, at most $3.
SELECT s.id, s.name, s.kind, s.provided_from
  FROM service s
 WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)
   AND s.is_public = 1 AND s.merged_into IS NULL
   AND s.provided_from <= $1 AND (s.provided_to IS NULL OR s.provided_to >= $1)
 ORDER BY s.provided_from DESC, s.id DESC
 LIMIT $3

-- name: home_last_import
-- When the register was read last, and what that brought.
SELECT applied_at, added, changed, ended FROM register_import WHERE state = 'applied' ORDER BY applied_at DESC, id DESC LIMIT 1

-- name: overview_accounts
-- Accounts by their state.
SELECT state, COUNT(*) FROM account GROUP BY state

-- name: overview_failed_jobs
-- Jobs that failed since an instant ($1), of account $2 or of everybody ($3 = 1).
SELECT COUNT(*) FROM job WHERE state = 'failed' AND ended >= $1 AND (account = $2 OR $3 = 1)

-- name: overview_last_job
-- The newest job of a kind ($1).
SELECT id, state, result, note, COALESCE(ended, created) FROM job WHERE kind = $1 ORDER BY id DESC LIMIT 1
