-- Letters of the outbox and their texts.

-- name: mail_text_get
-- The edited text of a kind of letter ($1).
SELECT subject, body FROM mail_text WHERE kind = $1

-- name: mail_letter_add
-- A letter that waits from an instant ($9) on: id, kind, topic, account, address, subject, body, whether its text is secret, its way out.
INSERT INTO mail_letter (id, kind, topic, account, address, subject, body, secret, created, next_attempt, leave_token, state, attempts,
                         claim, claimed_at, ended, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, 'queued', 0, '', NULL, NULL, '')

-- name: mail_refused
-- Letters of a topic ($2) that do not go to an address ($1): it does not want them, or it cannot be reached.
SELECT (SELECT COUNT(*) FROM mail_refusal WHERE address = $1 AND topic = $2) + (SELECT COUNT(*) FROM mail_bounce WHERE address = $1)

-- name: mail_due
-- Letters that wait and whose time has come at an instant ($1), at most $2.
SELECT id FROM mail_letter WHERE state = 'queued' AND next_attempt <= $1 ORDER BY next_attempt, id LIMIT $2

-- name: mail_stale_count
-- Letters taken before an instant ($1) of which nobody said what became of them.
SELECT COUNT(*) FROM mail_letter WHERE state = 'sending' AND claimed_at < $1

-- name: mail_stale_back
-- Those wait again.
UPDATE mail_letter SET state = 'queued', claim = '', claimed_at = NULL WHERE state = 'sending' AND claimed_at < $1

-- name: mail_claim
-- Take letter $1 under a mark ($2) at an instant ($3). Touches no row when somebody was faster.
UPDATE mail_letter
   SET state = 'sending', claim = $2, claimed_at = $3, attempts = attempts + 1
 WHERE id = $1 AND state = 'queued' AND next_attempt <= $3

-- name: mail_taken
-- A letter ($1) that was taken.
SELECT address, subject, body, leave_token, created, attempts, secret FROM mail_letter WHERE id = $1

-- name: mail_lately
-- How many letters went to the address of letter $1 since an instant ($2) or are on their way, and when the first of them did.
SELECT COUNT(*), MIN(o.ended)
  FROM mail_letter l
  JOIN mail_letter o ON o.address = l.address AND o.id <> l.id
 WHERE l.id = $1 AND (o.state = 'sending' OR (o.state = 'sent' AND o.ended > $2))

-- name: mail_postpone
-- A letter ($1) waits until an instant ($2).
UPDATE mail_letter SET next_attempt = $2, answer = $3 WHERE id = $1 AND state = 'queued'

-- name: mail_end
-- A taken letter ($1, under the mark $2) ended as $3 at an instant ($4) with the server's words ($5); a secret text goes.
UPDATE mail_letter
   SET state = $3, ended = $4, answer = $5, claim = '', claimed_at = NULL, body = CASE WHEN secret = 1 THEN '' ELSE body END
 WHERE id = $1 AND claim = $2 AND state = 'sending'

-- name: mail_again
-- A taken letter ($1, under the mark $2) waits until an instant ($3) with the server's words ($4); $5 = 1: this attempt does not count.
UPDATE mail_letter
   SET state = 'queued', next_attempt = $3, answer = $4, claim = '', claimed_at = NULL, attempts = attempts - $5
 WHERE id = $1 AND claim = $2 AND state = 'sending'

-- name: mail_bounce_put
-- An address ($1) refused a letter at an instant ($2) with words of its server ($3).
INSERT INTO mail_bounce (address, at, times, answer) VALUES ($1, $2, 1, $3)
    ON CONFLICT (address) DO UPDATE SET at = excluded.at, times = mail_bounce.times + 1, answer = excluded.answer

-- name: mail_bounce_forget
-- An address ($1) can be reached.
DELETE FROM mail_bounce WHERE address = $1

-- name: mail_bounce_arrived
-- A server took a letter for an address ($1): it can be reached. Not so one whose letters were taken before and came back.
DELETE FROM mail_bounce WHERE address = $1 AND answer NOT LIKE 'Vráceno (%'

-- name: mail_state_get
-- How the mail server was the last time.
SELECT paused_until, problem, problem_at, failures, sent_at FROM mail_state WHERE id = 1

-- name: mail_state_fine
-- The mail server took a letter at an instant ($1).
UPDATE mail_state SET paused_until = NULL, problem = '', problem_at = NULL, failures = 0, sent_at = $1 WHERE id = 1

-- name: mail_state_problem
-- The mail server does not work: nobody asks it until $1; what ($2), since when ($3).
UPDATE mail_state
   SET paused_until = $1, problem = $2, problem_at = COALESCE(problem_at, $3), failures = failures + 1
 WHERE id = 1

-- name: mail_state_ask
-- Ask the mail server again at once.
UPDATE mail_state SET paused_until = NULL WHERE id = 1

-- name: mail_returned_letter
-- The address and state of a letter ($1) that was written at an instant ($2).
SELECT address, state FROM mail_letter WHERE id = $1 AND created = $2

-- name: mail_returned
-- A letter ($1) that was handed over came back at an instant ($2) with words of a server ($3).
UPDATE mail_letter SET state = 'failed', ended = $2, answer = $3 WHERE id = $1 AND state = 'sent'
