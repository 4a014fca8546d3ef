-- Versions of forms, their fields, what was filled in, receipts.

-- name: form_by_code
-- A form by its code ($1).
SELECT id FROM form WHERE code = $1

-- name: form_version_list
-- Versions of a form ($1; 0 = of all forms), the newest first.
SELECT id FROM form_version WHERE form = CAST($1 AS BIGINT) OR CAST($1 AS BIGINT) = 0 ORDER BY form, no DESC

-- name: form_version_last
-- Number of the last version of a form ($1).
SELECT MAX(no) FROM form_version WHERE form = $1

-- name: form_version_published
-- The newest published version of a form, by the form's code ($1).
SELECT v.id FROM form_version v JOIN form f ON f.id = v.form WHERE f.code = $1 AND v.state = 'published' ORDER BY v.no DESC LIMIT 1

-- name: form_version_uses
-- How many times a version ($1) was filled in.
SELECT COUNT(*) FROM submission WHERE form_version = $1

-- name: form_field_list
-- Fields of a version ($1) in their order.
SELECT id FROM form_field WHERE form_version = $1 ORDER BY position, id

-- name: submission_values
-- What is filled into a submission ($1).
SELECT field, line, typed, amount, before, origin, note FROM submission_value WHERE submission = $1 ORDER BY field, line

-- name: submission_value_put
-- One value.
INSERT INTO submission_value (submission, field, line, typed, amount, before, origin, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: submission_value_drop
-- One value ($2, line $3) of a submission ($1) is blank again, or about to be written anew.
DELETE FROM submission_value WHERE submission = $1 AND field = $2 AND line = $3

-- name: submission_of
-- The submission for an object ($1, $2), the newest first.
SELECT id FROM submission WHERE object = $1 AND object_id = $2 ORDER BY id DESC

-- name: submission_notes
-- Notes pinned to fields of a submission ($1), oldest first.
SELECT id FROM submission_note WHERE submission = $1 ORDER BY id

-- name: submission_notes_settle
-- Open notes of a submission ($1) are settled by submitting anew, at an instant ($2).
UPDATE submission_note SET settled_at = $2, version = version + 1 WHERE submission = $1 AND settled_at IS NULL

-- name: receipt_last_serial
-- The last number of a year ($1).
SELECT MAX(serial) FROM submission_receipt WHERE year = $1

-- name: receipt_put
-- A receipt; only its PDF and its withdrawal are ever added.
INSERT INTO submission_receipt (submission, serial, year, number, at, author, declaration, body, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: receipt_list
-- Receipts of a submission ($1), the newest first.
SELECT number, at, author, declaration, body, sha256, pdf, withdrawn_at FROM submission_receipt WHERE submission = $1 ORDER BY year DESC, serial DESC

-- name: receipt_without_pdf
-- Receipts whose PDF is not kept yet.
SELECT submission, number, at, author, declaration, body, sha256, pdf, withdrawn_at FROM submission_receipt WHERE pdf IS NULL ORDER BY year, serial LIMIT 50

-- name: receipt_pdf
-- The PDF ($2) of a receipt ($1) is kept from now on.
UPDATE submission_receipt SET pdf = $2 WHERE number = $1 AND pdf IS NULL

-- name: receipt_withdraw
-- The valid receipt of a submission ($1) was withdrawn at an instant ($2).
UPDATE submission_receipt SET withdrawn_at = $2 WHERE submission = $1 AND withdrawn_at IS NULL

-- name: collection_person_all
-- What a person ($1) has filled in and noted.
SELECT 'podání', title, made_at FROM submission WHERE owner = $1
UNION ALL
SELECT 'poznámka k podání', text, made_at FROM submission_note WHERE owner = $1
UNION ALL
SELECT 'odpověď na poznámku', answer, answered_at FROM submission_note WHERE answer_owner = $1
UNION ALL
SELECT 'příloha podání', name, added_at FROM submission_file WHERE owner = $1
ORDER BY 3

-- name: collection_person_erase
-- The author ($1) of submissions is forgotten; the submissions stay.
UPDATE submission SET owner = 0, author = '' WHERE owner = $1

-- name: collection_person_saves_erase
-- Who saved a draft last is named by name alone: the name of the account ($1) goes.
UPDATE submission SET saved_by = '' WHERE saved_by = (SELECT name FROM account WHERE id = $1)

-- name: collection_person_notes_erase
-- The same of notes.
UPDATE submission_note SET owner = 0, author = '' WHERE owner = $1

-- name: collection_person_files_erase
-- The same of attachments.
UPDATE submission_file SET owner = 0, author = '' WHERE owner = $1

-- name: submission_overdue
-- Submissions that are still being filled in at an instant ($1) after their last moment, the longest overdue first.
SELECT id FROM submission
 WHERE state IN ('draft', 'locked') AND closes_at IS NOT NULL AND closes_at <= $1 AND (fix_until IS NULL OR fix_until <= $1)
 ORDER BY closes_at, id

-- name: collection_person_answers_erase
-- The same of answers to notes.
UPDATE submission_note SET answer_owner = 0, answered_by = '' WHERE answer_owner = $1
