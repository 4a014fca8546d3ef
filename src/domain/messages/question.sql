-- Questions and answers.

-- name: question_add
-- A question about a record, asked at an instant ($6).
INSERT INTO question (id, object, object_id, object_title, text, asked_at, account, author, organisation, answer, answered_at, answered_by, state, reason, is_public)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', NULL, '', 'asked', '', $10)

-- name: question_list
-- Questions below an id ($1) that an account ($2) may read ($3 = 1: all), waiting only ($4), about a record ($5, '' = any; $6), newest first, at most $7.
SELECT id, object, object_id, object_title, text, answer, state, author, organisation, answered_by, asked_at, answered_at, account, reason, is_public
  FROM question
 WHERE id < $1 AND (state = 'answered' OR account = $2 OR $3 = 1)
   AND ($4 = 0 OR state = 'asked') AND ($5 = '' OR (object = $5 AND object_id = $6))
 ORDER BY id DESC
 LIMIT $7

-- name: question_get
-- A question ($1).
SELECT id, object, object_id, object_title, text, answer, state, author, organisation, answered_by, asked_at, answered_at, account, reason, is_public
  FROM question
 WHERE id = $1

-- name: question_answer
-- A question ($1) is answered: answer, instant, by whom.
UPDATE question SET state = 'answered', answer = $2, answered_at = $3, answered_by = $4, reason = '' WHERE id = $1

-- name: question_withdraw
-- A question ($1) is put aside with a reason ($2) at an instant ($3) by whom ($4).
UPDATE question SET state = 'withdrawn', reason = $2, answered_at = $3, answered_by = $4 WHERE id = $1

-- name: question_public
-- Answered public questions about a record ($1, $2), the answer given last first, at most $3.
SELECT id, object, object_id, object_title, text, answer, state, '', '', '', asked_at, answered_at, 0, '', is_public
  FROM question
 WHERE object = $1 AND object_id = $2 AND state = 'answered' AND is_public = 1
 ORDER BY answered_at DESC, id DESC
 LIMIT $3

-- name: question_askers
-- Whoever asked about a record ($1, $2).
SELECT DISTINCT account FROM question WHERE object = $1 AND object_id = $2 AND account <> 0 ORDER BY account
