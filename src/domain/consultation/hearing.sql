-- Hearings, and the seats of one.

-- name: hearing_coming_ids
-- Hearings that were published and end at $1 or later, the next first, at most $2.
SELECT id FROM hearing WHERE state <> 'draft' AND published_at IS NOT NULL AND ends_at >= $1 ORDER BY begins_at, id LIMIT $2

-- name: hearing_past_ids
-- Hearings that were published and ended before $1, the last first, at most $2.
SELECT id FROM hearing WHERE state <> 'draft' AND published_at IS NOT NULL AND ends_at < $1 ORDER BY begins_at DESC, id LIMIT $2

-- name: hearing_of_object
-- Hearings that belong to a record ($1, $2), by their beginning.
SELECT id FROM hearing WHERE object = $1 AND object_id = $2 ORDER BY begins_at, id

-- name: hearing_balances
-- Balances of the accounts of a hearing ($1).
SELECT a.name, CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
  FROM ledger_account a LEFT JOIN ledger_posting p ON p.account = a.id
 WHERE a.book = 'seats' AND a.object = 'hearing' AND a.object_id = $1
 GROUP BY a.name

-- name: hearing_waiting
-- How many wait for a seat of a hearing ($1).
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND state = 'waitlisted'

-- name: hearing_to_remind
-- Hearings that begin after $1 and not after $2, with somebody on a seat who was not reminded.
SELECT DISTINCT h.id
  FROM hearing h JOIN signup s ON s.hearing = h.id
 WHERE h.begins_at > $1 AND h.begins_at <= $2 AND h.state IN ('signup_open', 'signup_closed') AND s.state = 'confirmed' AND s.email <> '' AND s.reminded_at IS NULL
