-- The log of letters, the state of the server, texts, and how long all that is kept.

-- name: letter_list
-- Letters below an id ($1) in a state ($2, '' = any) to an address with a part ($3, '' = any), newest first, at most $4.
SELECT id, account, kind, topic, address, subject, '' AS body, state, answer, secret, attempts, created, next_attempt, ended
  FROM mail_letter
 WHERE id < $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR address LIKE '%' || $3 || '%' ESCAPE '!')
 ORDER BY id DESC
 LIMIT $4

-- name: letter_get
-- A letter ($1); a secret text is nobody's to read.
SELECT id, account, kind, topic, address, subject, CASE WHEN secret = 1 THEN '' ELSE body END AS body, state, answer, secret, attempts, created,
       next_attempt, ended
  FROM mail_letter
 WHERE id = $1

-- name: letter_again
-- A letter ($1) waits from an instant ($2) on, with all its attempts before it. Touches no row when there is nothing to send.
UPDATE mail_letter
   SET state = 'queued', next_attempt = $2, attempts = 0, ended = NULL
 WHERE id = $1 AND state IN ('queued', 'failed', 'given_up', 'cancelled') AND body <> ''

-- name: letter_cancel
-- A waiting letter ($1) never goes, since an instant ($2).
UPDATE mail_letter SET state = 'cancelled', ended = $2, body = CASE WHEN secret = 1 THEN '' ELSE body END WHERE id = $1 AND state = 'queued'

-- name: mail_waiting
-- How many letters wait.
SELECT COUNT(*) FROM mail_letter WHERE state = 'queued'

-- name: mail_overdue
-- Since when the oldest letter waits that is due at an instant ($1).
SELECT MIN(next_attempt) FROM mail_letter WHERE state = 'queued' AND next_attempt <= $1

-- name: mail_undelivered
-- How many letters ended without arriving since an instant ($1).
SELECT COUNT(*) FROM mail_letter WHERE state IN ('failed', 'given_up') AND ended > $1

-- name: bounce_list
-- Addresses that cannot be reached, newest first, at most $1.
SELECT address, answer, at, times FROM mail_bounce ORDER BY at DESC, address LIMIT $1

-- name: bounce_count
-- How many there are.
SELECT COUNT(*) FROM mail_bounce

-- name: mail_text_put
-- The text of a kind of letter ($1) as edited at an instant ($4) by an account ($5).
INSERT INTO mail_text (kind, subject, body, at, account) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind) DO UPDATE SET subject = excluded.subject, body = excluded.body, at = excluded.at, account = excluded.account

-- name: mail_text_forget
-- The standard text of a kind of letter ($1) holds again.
DELETE FROM mail_text WHERE kind = $1

-- name: mail_keep_texts_count
-- Letters that ended before an instant ($1) and still have a text.
SELECT COUNT(*) FROM mail_letter WHERE ended < $1 AND body <> ''

-- name: mail_keep_texts
-- Their texts go.
UPDATE mail_letter SET body = '' WHERE ended < $1 AND body <> ''

-- name: mail_keep_log_count
-- Letters that ended before an instant ($1).
SELECT COUNT(*) FROM mail_letter WHERE ended < $1

-- name: mail_keep_log
-- They go, with their ways out.
DELETE FROM mail_letter WHERE ended < $1

-- name: notice_keep_count
-- Notices older than an instant ($1).
SELECT COUNT(*) FROM notice WHERE at < $1

-- name: notice_keep
-- They go.
DELETE FROM notice WHERE at < $1
