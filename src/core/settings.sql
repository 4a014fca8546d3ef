-- name: setting_all
-- Every stored value.
SELECT key, value FROM setting

-- name: setting_put
-- Store a value ($2) of a key ($1), changed at an instant ($3).
INSERT INTO setting (key, value, updated) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated = excluded.updated

-- name: setting_remove
-- Forget the stored value of a key ($1): the standard holds again.
DELETE FROM setting WHERE key = $1
