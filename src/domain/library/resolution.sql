-- Resolutions of bodies.

-- name: resolution_rows
-- Resolutions, newest first: of a body ($1, 0 = any), decided from $2 to $3, with a result ($4, blank = any).
SELECT r.id, r.version, r.number, r.body, r.decided_on, r.title, r.result, r.file, o.name
  FROM resolution r
  JOIN organisation o ON o.id = r.body
 WHERE (r.body = $1 OR $1 = 0) AND r.decided_on >= $2 AND r.decided_on <= $3 AND (r.result = $4 OR $4 = '')
 ORDER BY r.decided_on DESC, r.id DESC

-- name: resolution_years
-- Days on which anything was decided, each once, newest first.
SELECT DISTINCT decided_on FROM resolution ORDER BY decided_on DESC
