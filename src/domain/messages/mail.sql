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

-- name: person_messages
-- What an account ($1) wrote: messages and questions.
SELECT t.subject, m.text, m.at
  FROM message m
  JOIN message_thread t ON t.id = m.thread
 WHERE m.account = $1
 UNION ALL
SELECT 'Dotaz' AS subject, q.text, q.asked_at
  FROM question q
 WHERE q.account = $1
 ORDER BY 3

-- name: demo_person
-- A person of the sample region by the sign-in name ($1), with organisation, role and scope.
SELECT a.id, a.name, o.name AS organisation, r.role, r.scope_kind, r.scope_ref
  FROM account a
  JOIN account_role r ON r.account = a.id
  LEFT JOIN organisation o ON o.id = a.organisation
 WHERE a.login = $1
 ORDER BY r.id

-- name: demo_service
-- A service of a provider ($1) as of a day ($2) and as known at an instant ($3).
SELECT MIN(s.id)
  FROM service s
 WHERE s.provider = $1 AND s.valid_from <= $2 AND (s.valid_to IS NULL OR s.valid_to >= $2)
   AND s.recorded_from <= $3 AND (s.recorded_to IS NULL OR s.recorded_to > $3)
