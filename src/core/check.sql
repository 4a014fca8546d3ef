-- What the checks ask of the store itself.

-- name: meta_get
-- A fact about this store ($1).
SELECT value FROM meta WHERE key = $1

-- name: meta_put
-- Note a fact ($2) about this store under a key ($1).
INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value
