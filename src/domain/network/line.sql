-- Lines of a network and the things that they speak of.

-- name: line_identifiers
-- all versions: the identifier of a registration never changes, and a line may speak of a service that ended before or begins after the day that is asked.
-- Identifiers of the services of a network's lines ($1).
SELECT s.id, MAX(s.identifier)
  FROM service s
 WHERE s.id IN (SELECT l.service FROM network_line l WHERE l.network = $1)
 GROUP BY s.id

-- name: line_providers
-- all versions: every span of days as known now; the one of the day is chosen, or, for a provider that was not yet or is no longer, the nearest.
-- Providers of a network's lines ($1).
SELECT p.id, p.valid_from, p.valid_to, p.name, p.ico, p.legal_form, p.municipality
  FROM provider p
 WHERE p.recorded_to IS NULL
   AND p.id IN (SELECT l.provider FROM network_line l WHERE l.network = $1)
 ORDER BY p.id, p.valid_from

-- name: line_beds
-- all versions: of the lines, to know which services were ever in the network.
-- Registered beds of the services of a network's lines ($3), on a day ($1) and as known at an instant ($2), once per registration and form.
SELECT f.service, CAST(SUM(k.count) AS BIGINT)
  FROM form_row f
  JOIN capacity k ON k.form_row = f.id AND k.type = 'luzka'
   AND k.valid_from    <= $1 AND (k.valid_to    IS NULL OR k.valid_to    >= $1)
   AND k.recorded_from <= $2 AND (k.recorded_to IS NULL OR k.recorded_to >  $2)
 WHERE f.valid_from    <= $1 AND (f.valid_to    IS NULL OR f.valid_to    >= $1)
   AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to >  $2)
   AND f.service IN (SELECT l.service FROM network_line l WHERE l.network = $3)
 GROUP BY f.service
