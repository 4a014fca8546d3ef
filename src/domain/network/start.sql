-- What start pages say about the network.

-- name: start_lines_changed
-- Lines of a network ($1) that somebody changed since an instant ($2).
-- all versions: what is counted is the writing itself
SELECT COUNT(DISTINCT id) FROM network_line WHERE network = $1 AND recorded_from >= $2

-- name: start_scored
-- The newest call in which applications have their points, and how many have.
SELECT k.id, k.title, COUNT(a.id)
  FROM call k
  JOIN network_application a ON a.call = k.id AND a.points IS NOT NULL
 WHERE k.state <> 'archived'
 GROUP BY k.id, k.title
 ORDER BY k.id DESC
 LIMIT 1
