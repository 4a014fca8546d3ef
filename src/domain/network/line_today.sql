-- Lines as public pages of services show them.

-- name: lines_from_today
-- all versions: spans that end on a day ($1) or later, as they are believed now; whoever asks looks at the day.
-- Lines of services, in the order of services.
SELECT l.service, l.id, l.valid_from, l.valid_to, l.level, l.status
  FROM network_line l
 WHERE l.recorded_to IS NULL AND l.service IS NOT NULL AND (l.valid_to IS NULL OR l.valid_to >= $1)
 ORDER BY l.service, l.id, l.valid_from
