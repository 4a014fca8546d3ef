-- Taking back what was pasted.

-- name: staging_undo_drop
-- Nothing of a submission ($1) can be taken back.
DELETE FROM submission_undo WHERE submission = $1

-- name: staging_undo_put
-- What stood in the cells before, with the version of the submission after it.
INSERT INTO submission_undo (submission, row_version, cells, what, at) VALUES ($1, $2, $3, $4, $5)

-- name: staging_undo_get
-- What can be taken back of a submission ($1).
SELECT row_version, cells, what, at FROM submission_undo WHERE submission = $1
