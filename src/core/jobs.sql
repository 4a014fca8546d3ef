-- Long work: a queue in the store.

-- name: job_add
-- A new job, waiting.
INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, process,
                 claim, attempts, cancel_wanted)
VALUES ($1, $2, $3, 'queued', $4, '', 0, 0, '', $5, $6, $7, $8, $9, '', '', 0, 0)

-- name: job_add_again
-- A new job ($1) like job $2, at an instant ($3).
INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, process,
                 claim, attempts, cancel_wanted)
SELECT $1, kind, title, 'queued', input, '', 0, 0, '', account, account_name, by_program, link, $3, '', '', 0, 0
  FROM job
 WHERE id = $2

-- name: job_open_like
-- How many jobs like job $1 (kind, input, person) wait or run.
SELECT COUNT(*)
  FROM job o
  JOIN job j ON j.kind = o.kind AND j.input = o.input AND j.account = o.account AND j.state IN ('queued', 'running')
 WHERE o.id = $1

-- name: job_get
-- Job $1.
SELECT id, kind, title, state, input, result, done, total, note, account, account_name, created, started, ended, cancel_wanted, link, by_program
  FROM job
 WHERE id = $1

-- name: job_list
-- Newest first, at most $3, of account $1 or of everybody ($2 = 1).
SELECT id, kind, title, state, input, result, done, total, note, account, account_name, created, started, ended, cancel_wanted, link, by_program
  FROM job
 WHERE account = $1 OR $2 = 1
 ORDER BY id DESC
 LIMIT $3

-- name: job_waiting_count
-- How many jobs wait.
SELECT COUNT(*) FROM job WHERE state = 'queued'

-- name: job_waiting
-- Jobs that wait, in the order they came.
SELECT id, kind FROM job WHERE state = 'queued' ORDER BY id

-- name: job_claim
-- Take job $1 at an instant ($2) for a process ($3) under a mark of its own ($4). Touches no row when somebody was faster.
UPDATE job
   SET state = 'running', started = $2, heartbeat = $2, process = $3, claim = $4, attempts = attempts + 1, note = '', done = 0, total = 0
 WHERE id = $1 AND state = 'queued'

-- name: job_progress
-- Taken job $1 ($2 is its mark) is at $3 of $4, doing $5, at an instant ($6). No row when it is no longer ours.
UPDATE job SET done = $3, total = $4, note = $5, heartbeat = $6
 WHERE id = $1 AND claim = $2 AND state = 'running'
RETURNING cancel_wanted

-- name: job_end
-- Taken job $1 ($2 is its mark) ends as $3 at an instant ($4) with a result, note, link and the counts it reached.
UPDATE job SET state = $3, ended = $4, result = $5, note = $6, link = $7, done = $8, total = $9
 WHERE id = $1 AND claim = $2 AND state = 'running'

-- name: job_dead
-- Taken job $1 ($2 is its mark) ended as $3 at an instant ($4) with a note ($5), whatever it had reached.
UPDATE job SET state = $3, ended = $4, note = $5 WHERE id = $1 AND claim = $2 AND state = 'running'

-- name: job_back
-- Taken job $1 ($2 is its mark) waits again; $3 = 1: this attempt does not count.
UPDATE job SET state = 'queued', started = NULL, heartbeat = NULL, process = '', claim = '', attempts = attempts - $3
 WHERE id = $1 AND claim = $2 AND state = 'running'

-- name: job_beat
-- The jobs of a process ($1) live at an instant ($2).
UPDATE job SET heartbeat = $2 WHERE process = $1 AND state = 'running'

-- name: job_wanted_off
-- Jobs of a process ($1) that a person wants to stop.
SELECT id FROM job WHERE process = $1 AND state = 'running' AND cancel_wanted = 1 ORDER BY id

-- name: job_stale
-- Running jobs without a sign of life since an instant ($1).
SELECT id, kind, claim, attempts, cancel_wanted FROM job WHERE state = 'running' AND heartbeat < $1 ORDER BY id

-- name: job_cancel_waiting
-- A waiting job ($1) never begins; at an instant ($2), with a note ($3).
UPDATE job SET state = 'cancelled', ended = $2, note = $3, cancel_wanted = 1 WHERE id = $1 AND state = 'queued'

-- name: job_cancel_running
-- A running job ($1) shall stop.
UPDATE job SET cancel_wanted = 1 WHERE id = $1 AND state = 'running'

-- name: job_sweep
-- Forget what ended before an instant ($1).
DELETE FROM job WHERE state IN ('done', 'failed', 'cancelled') AND ended < $1
