-- PDFs that were made or wait to be made.

-- name: print_find
-- The PDF of a digest ($1), and how far its job is.
SELECT p.id, p.file, p.job, j.state, j.note FROM printout p LEFT JOIN job j ON j.id = p.job WHERE p.digest = $1

-- name: print_get
-- Print $1.
SELECT source, file, name, is_large FROM printout WHERE id = $1

-- name: print_add
-- A new one: what it is made of, and its job.
INSERT INTO printout (id, digest, name, is_large, source, job, asked) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: print_again
-- Print $1 is tried again: its source and job, when.
UPDATE printout SET source = $2, job = $3, asked = $4, file = NULL, made = NULL WHERE id = $1

-- name: print_made
-- Print $1 is file $2, made at an instant ($3).
UPDATE printout SET file = $2, made = $3, source = NULL WHERE id = $1

-- name: print_old_remove
-- Prints asked for before a moment ($1) go, a bearable number at a time; what they were made of and their files are swept when nothing else refers to them.
DELETE FROM printout WHERE id IN (SELECT id FROM printout WHERE asked < $1 ORDER BY id LIMIT 1000)
