-- Decisions about single lines.

-- name: decision_lines_of_service
-- Lines of a service ($1) that stand in a network on a day ($2), as known at an instant ($3).
SELECT COUNT(*)
  FROM network_line l
 WHERE l.service = $1 AND l.status IN ('in_network', 'with_reservation', 'exit_proposed')
   AND l.valid_from    <= $2 AND (l.valid_to    IS NULL OR l.valid_to    >= $2)
   AND l.recorded_from <= $3 AND (l.recorded_to IS NULL OR l.recorded_to >  $3)

-- name: decision_ending_services
-- all versions: what is decided of the line for a later day is asked as it is believed now.
-- Lines that stand in a network on a day ($1), as known at an instant ($2), though the registration of their service ends by another day ($3): those without an open
-- task of it whose leaving is not written yet.
SELECT l.id
  FROM network_line l
  JOIN service s ON s.id = l.service AND s.provided_to <= $3
   AND s.valid_from    <= $1 AND (s.valid_to    IS NULL OR s.valid_to    >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to >  $2)
 WHERE l.status IN ('prepared', 'in_network', 'with_reservation', 'exit_proposed')
   AND l.valid_from    <= $1 AND (l.valid_to    IS NULL OR l.valid_to    >= $1)
   AND l.recorded_from <= $2 AND (l.recorded_to IS NULL OR l.recorded_to >  $2)
   AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'network.registration_ends' AND t.object = 'network_line' AND t.object_id = l.id AND t.closed_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM network_line later WHERE later.id = l.id AND later.recorded_to IS NULL AND later.valid_from > $1 AND later.status IN ('left', 'merged', 'expired'))
 ORDER BY l.id
