-- Computations that were kept.

-- name: calculation_add
-- A computation ($1): kind ($2) and number ($3) of its owner, rule, title, result, version of the rules or 0 ($7), code and digest of the set, day, tree, its digest, when.
INSERT INTO calculation (id, owner_kind, owner, rule, title, result, rule_set, set_code, set_digest, day, tree, tree_sha256, made_at, file_sha256)
VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, 0), $8, $9, $10, $11, $12, $13, '')

-- name: calculation_get
-- One computation ($1) with the job that prints it.
SELECT k.id, k.owner_kind, k.owner, k.rule, k.title, k.result, COALESCE(k.rule_set, 0), k.set_code, k.set_digest, k.day, k.tree, k.tree_sha256, k.made_at,
       COALESCE(k.job, 0), COALESCE(k.file, 0), COALESCE(j.state, ''), COALESCE(j.note, ''), k.file_sha256
  FROM calculation k
  LEFT JOIN job j ON j.id = k.job
 WHERE k.id = $1

-- name: calculations_of_owner
-- Computations of a record (kind $1, number $2) by a rule ($3, '' = all), the newest first.
SELECT k.id, k.owner_kind, k.owner, k.rule, k.title, k.result, COALESCE(k.rule_set, 0), k.set_code, k.set_digest, k.day, k.tree, k.tree_sha256, k.made_at,
       COALESCE(k.job, 0), COALESCE(k.file, 0), COALESCE(j.state, ''), COALESCE(j.note, ''), k.file_sha256
  FROM calculation k
  LEFT JOIN job j ON j.id = k.job
 WHERE k.owner_kind = $1 AND k.owner = $2 AND (k.rule = $3 OR $3 = '')
 ORDER BY k.id DESC

-- name: calculation_newest
-- The newest computation of a record (kind $1, number $2) by a rule ($3): its number and what tells it from another; none without one.
SELECT id, tree_sha256, COALESCE(rule_set, 0), title FROM calculation WHERE owner_kind = $1 AND owner = $2 AND rule = $3 ORDER BY id DESC LIMIT 1

-- name: calculation_ids
-- All of them, the oldest first.
SELECT id FROM calculation ORDER BY id

-- name: calculation_job
-- The job ($2) that prints a computation ($1).
UPDATE calculation SET job = $2 WHERE id = $1

-- name: calculation_file
-- The PDF of a computation ($1): file ($2) and its digest ($3). Written once.
UPDATE calculation SET file = $2, file_sha256 = $3 WHERE id = $1 AND file IS NULL
