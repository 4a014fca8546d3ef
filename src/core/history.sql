-- The clock of history: no two transactions record at the same instant.

-- name: history_clock
-- The newest instant at which anything was recorded; no row in a new store.
SELECT value FROM meta WHERE key = 'recorded'

-- name: history_clock_set
-- From now on the newest recorded instant is $1.
INSERT INTO meta (key, value) VALUES ('recorded', $1)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
