-- What people are told, and how they wish to be told.

-- name: notice_add
-- A notice ($1) for an account ($2) on a topic: title, text, link, record, instant, and what becomes of it by mail.
INSERT INTO notice (id, account, topic, title, text, link, object, object_id, at, read_at, mail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10)

-- name: notice_choice_get
-- How an account ($1) wishes to be told about a topic ($2).
SELECT choice FROM notice_choice WHERE account = $1 AND topic = $2
