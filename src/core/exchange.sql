-- Previews of files that come in.

-- name: import_add
-- A preview that nobody has applied yet, in the order of its columns.
INSERT INTO import_preview (id, account, entity, file, file_name, state, same, added, changed, errors, digest, data_version, made)
VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12)

-- name: import_get
-- Preview $1.
SELECT account, entity, file, file_name, state, digest, data_version, made, same, added, changed, errors FROM import_preview WHERE id = $1

-- name: import_judged
-- Preview $1 was judged anew: counts $2 to $5, digest $6, data version $7.
UPDATE import_preview SET same = $2, added = $3, changed = $4, errors = $5, digest = $6, data_version = $7 WHERE id = $1

-- name: import_applied
-- Preview $1 was applied at instant $2.
UPDATE import_preview SET state = 'applied', applied = $2 WHERE id = $1

-- name: import_forget
-- Files of previews made before an instant ($1) are no longer needed.
UPDATE import_preview SET file = NULL, state = CASE state WHEN 'open' THEN 'dropped' ELSE state END WHERE made < $1 AND file IS NOT NULL
