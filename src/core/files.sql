-- Files beside the store.

-- name: file_add
-- One file, in the order of its columns.
INSERT INTO stored_file (id, name, type, sha256, size, at) VALUES ($1, $2, $3, $4, $5, $6)

-- name: file_get
-- File $1.
SELECT id, name, type, sha256, size, at FROM stored_file WHERE id = $1

-- name: file_uses
-- How many files have content $1.
SELECT COUNT(*) FROM stored_file WHERE sha256 = $1

-- name: file_old
-- Files older than an instant ($1).
SELECT id FROM stored_file WHERE at < $1 ORDER BY id

-- name: file_remove
-- Refused while a row of another table refers to file $1.
DELETE FROM stored_file WHERE id = $1
