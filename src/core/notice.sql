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

-- name: notice_list
-- Notices of an account ($1) below an id ($2), newest first, at most $3; $4 = 1: unread ones.
SELECT id, topic, title, text, link, at, read_at
  FROM notice
 WHERE account = $1 AND id < $2 AND ($4 = 0 OR read_at IS NULL)
 ORDER BY id DESC
 LIMIT $3

-- name: notice_unread
-- How many notices of an account ($1) are unread, at most $2.
SELECT COUNT(*) FROM (SELECT 1 AS one FROM notice WHERE account = $1 AND read_at IS NULL LIMIT $2) AS unread

-- name: notice_link
-- Where a notice ($1) of an account ($2) leads.
SELECT link FROM notice WHERE id = $1 AND account = $2

-- name: notice_read
-- A notice ($1) of an account ($2) was read at an instant ($3).
UPDATE notice SET read_at = $3 WHERE id = $1 AND account = $2 AND read_at IS NULL

-- name: notice_read_all
-- All notices of an account ($1) were read at an instant ($2).
UPDATE notice SET read_at = $2 WHERE account = $1 AND read_at IS NULL

-- name: notice_unread_object
-- How many unread notices of an account ($1) are about object $2 number $3.
SELECT COUNT(*) FROM notice WHERE account = $1 AND read_at IS NULL AND object = $2 AND object_id = $3

-- name: notice_read_object
-- Notices of an account ($1) about object $2 number $3 were read at an instant ($4).
UPDATE notice SET read_at = $4 WHERE account = $1 AND read_at IS NULL AND object = $2 AND object_id = $3

-- name: notice_choice_put
-- An account ($1) wishes to be told about a topic ($2) so ($3).
INSERT INTO notice_choice (account, topic, choice) VALUES ($1, $2, $3)
    ON CONFLICT (account, topic) DO UPDATE SET choice = excluded.choice

-- name: mail_leave_find
-- The letter with a way out ($1).
SELECT account, address, topic FROM mail_letter WHERE leave_token = $1

-- name: mail_refusal_put
-- An address ($1) does not want letters of a topic ($2), since an instant ($3).
INSERT INTO mail_refusal (address, topic, at) VALUES ($1, $2, $3)
    ON CONFLICT (address, topic) DO UPDATE SET at = excluded.at
