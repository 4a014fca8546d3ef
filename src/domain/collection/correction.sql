-- Answers to notes, values of receipts.

-- name: receipt_values_keep
-- What stands in a submission ($1) becomes what was submitted under a number ($2).
INSERT INTO submission_receipt_value (number, field, line, typed, note)
SELECT CAST($2 AS TEXT), field, line, typed, note FROM submission_value WHERE submission = $1

-- name: receipt_values
-- What was submitted under a number ($1).
SELECT field, line, typed, note FROM submission_receipt_value WHERE number = $1 ORDER BY field, line

-- name: files_between
-- Files of a submission ($1) that came or went after an instant ($2) and not after another one ($3), as people call them.
SELECT name, added_at, removed_at FROM submission_file
 WHERE submission = $1 AND ((added_at > $2 AND added_at <= $3) OR (removed_at IS NOT NULL AND removed_at > $2 AND removed_at <= $3))
 ORDER BY id
