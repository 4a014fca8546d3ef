-- Suggested changes of the register.

-- name: suggestion_list
-- Suggestions of a service ($1, 0 = any) by an account ($2, 0 = any), only open ones ($3 = 1), the newest $4.
SELECT id, version, service, object, object_id, object_name, field, seen, suggested, note, account, author, organisation, state, made_at,
       decided_at, decided_by, reason
  FROM register_suggestion
 WHERE (service = $1 OR $1 = 0) AND (account = $2 OR $2 = 0) AND (state = 'open' OR $3 = 0)
 ORDER BY id DESC
 LIMIT $4

-- name: suggestion_open_count
-- Open suggestions of a service ($1, 0 = all).
SELECT COUNT(*) FROM register_suggestion WHERE (service = $1 OR $1 = 0) AND state = 'open'

-- name: suggestion_same
-- Does an open suggestion of an account ($1) ask for this already: kind of record $2, its id $3, field $4, value $5?
SELECT COUNT(*) FROM register_suggestion WHERE account = $1 AND object = $2 AND object_id = $3 AND field = $4 AND suggested = $5 AND state = 'open'
