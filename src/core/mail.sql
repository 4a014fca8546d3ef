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
