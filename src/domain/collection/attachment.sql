-- Files of submissions and what is asked for.

-- name: submission_file_list
-- Files of a submission ($1) that were not taken away, in the order they came.
SELECT id FROM submission_file WHERE submission = $1 AND removed_at IS NULL ORDER BY id

-- name: submission_receipts_since
-- How many times a submission ($1) was submitted at an instant ($2) or after it.
SELECT COUNT(*) FROM submission_receipt WHERE submission = $1 AND at >= $2

-- name: asked_file_list
-- What an object ($1, $2) asks to have attached.
SELECT id FROM asked_file WHERE object = $1 AND object_id = $2 ORDER BY position, id
