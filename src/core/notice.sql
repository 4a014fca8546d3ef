-- What people are told, and how they wish to be told.

-- name: notice_add
-- A notice ($1) for an account ($2) on a topic: title, text, link, record, instant, and what becomes of it by mail.
INSERT INTO notice (id, account, topic, title, text, link, object, object_id, at, read_at, mail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10)

-- name: notice_choice_get
-- How an account ($1) wishes to be told about a topic ($2).
SELECT choice FROM notice_choice WHERE account = $1 AND topic = $2

-- name: digest_accounts
-- Accounts for which something waits and that have had no letter of the day on a day ($1).
SELECT DISTINCT n.account
  FROM notice n
  LEFT JOIN mail_digest d ON d.account = n.account
 WHERE n.mail = 'digest' AND (d.day IS NULL OR d.day < $1)
 ORDER BY n.account

-- name: digest_done_on
-- Whether an account ($1) had its letter of a day ($2).
SELECT COUNT(*) FROM mail_digest WHERE account = $1 AND day >= $2

-- name: digest_notices
-- What waits for an account ($1), unread and still wanted, oldest first.
SELECT n.title, n.link
  FROM notice n
  LEFT JOIN notice_choice h ON h.account = n.account AND h.topic = n.topic
 WHERE n.account = $1 AND n.mail = 'digest' AND n.read_at IS NULL AND (h.choice IS NULL OR h.choice <> 'none')
 ORDER BY n.id

-- name: digest_done
-- Nothing waits for an account ($1) any more.
UPDATE notice SET mail = 'done' WHERE account = $1 AND mail = 'digest'

-- name: digest_day_put
-- An account ($1) had its letter of a day ($2).
INSERT INTO mail_digest (account, day) VALUES ($1, $2)
    ON CONFLICT (account) DO UPDATE SET day = excluded.day
