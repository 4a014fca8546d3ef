-- What start pages read of the trail.

-- name: trail_since
-- Of the newest $3 records those after an instant ($1) that account $2 did not cause, newest first.
SELECT t.seq, t.at, t.account, COALESCE(p.name, ''), t.action, t.object, t.object_id, t.text
  FROM (SELECT seq, at, account, who, action, object, object_id, text FROM trail ORDER BY seq DESC LIMIT $3) t
  LEFT JOIN trail_person p ON p.digest = t.who
 WHERE t.at > $1 AND t.account <> $2
 ORDER BY t.seq DESC
