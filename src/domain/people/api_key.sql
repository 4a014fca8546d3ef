-- name: api_key_add
-- A new key.
INSERT INTO api_key (id, account, name, token_sha256, capabilities, made_at, last_day, ended_at, last_used)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)

-- name: api_key_find
-- The key of a digest ($1).
SELECT id, account, name, capabilities, last_day, ended_at, last_used FROM api_key WHERE token_sha256 = $1

-- name: api_key_used
-- A key ($1) was used at a moment ($2).
UPDATE api_key SET last_used = $2 WHERE id = $1

-- name: api_key_list
-- Keys of an account ($1), the newest first.
SELECT id, name, capabilities, made_at, last_day, ended_at, last_used FROM api_key WHERE account = $1 ORDER BY id DESC

-- name: api_key_end
-- A key ($2) of an account ($1) ends at a moment ($3); touches no row when it had ended.
UPDATE api_key SET ended_at = $3 WHERE account = $1 AND id = $2 AND ended_at IS NULL

-- name: api_key_count
-- Keys of an account ($1) that hold on a day ($2).
SELECT COUNT(*) FROM api_key WHERE account = $1 AND ended_at IS NULL AND last_day >= $2
