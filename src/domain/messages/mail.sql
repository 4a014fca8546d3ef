-- Letters and notices of one person.

-- name: person_letters
-- Letters to an account ($1).
SELECT address, subject, state, created FROM mail_letter WHERE account = $1 ORDER BY id

-- name: person_letters_erase
-- They lose the person; letters that wait do not go.
UPDATE mail_letter
   SET address = '(vymazáno)', subject = '(vymazáno)', body = '', leave_token = NULL, account = 0,
       state = CASE WHEN state IN ('queued', 'sending') THEN 'cancelled' ELSE state END
 WHERE account = $1

-- name: person_notices
-- Notices of an account ($1).
SELECT title, text, at FROM notice WHERE account = $1 ORDER BY id

-- name: person_notices_erase
-- They go.
DELETE FROM notice WHERE account = $1

-- name: person_choices_erase
-- And so do the person's wishes.
DELETE FROM notice_choice WHERE account = $1
