-- Looking at the program as somebody else.

-- name: view_as_put
-- The person of a session ($1) looks as account $2 since $3.
INSERT INTO session_view (session, account, since) VALUES ($1, $2, $3)
    ON CONFLICT (session) DO UPDATE SET account = excluded.account, since = excluded.since

-- name: view_as_forget
-- A session ($1) is its own again.
DELETE FROM session_view WHERE session = $1

-- name: view_as_of
-- As whom and since when a session ($1) looks.
SELECT account, since FROM session_view WHERE session = $1
