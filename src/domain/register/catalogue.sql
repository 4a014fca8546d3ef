-- What the catalogue keeps in memory: services that anybody may see, with what belongs to them, as of a day ($1) and as known at an
-- instant ($2). Each statement is streamed once per build.

-- name: catalogue_services
-- Public services in operation, in Czech order: the position in this result is the number of a service in the index.
SELECT s.id, s.provider, s.identifier, s.kind, s.name, s.description, s.target_note, s.outside_act
  FROM service s
 WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)
   AND s.is_public = 1 AND s.merged_into IS NULL
   AND (s.provided_from IS NULL OR s.provided_from <= $1) AND (s.provided_to IS NULL OR s.provided_to >= $1)
 ORDER BY s.name_sort, s.id

-- name: catalogue_providers
-- Providers in Czech order.
SELECT p.id, p.name, p.ico
  FROM provider p
 WHERE p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)
   AND p.recorded_from <= $2 AND (p.recorded_to IS NULL OR p.recorded_to > $2)
 ORDER BY p.name_sort, p.id

-- name: catalogue_facilities
-- Where services are given; of a secret place nothing but its municipality is read, to name the district.
SELECT f.service, f.municipality, f.secret_address, f.is_contact, f.provided_from, f.provided_to
  FROM facility f
 WHERE f.valid_from <= $1 AND (f.valid_to IS NULL OR f.valid_to >= $1)
   AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to > $2)

-- name: catalogue_forms
-- Forms of services with registered capacities.
SELECT r.service, r.form, c.type, c.count
  FROM form_row r
  LEFT JOIN capacity c ON c.form_row = r.id
   AND c.valid_from <= $1 AND (c.valid_to IS NULL OR c.valid_to >= $1)
   AND c.recorded_from <= $2 AND (c.recorded_to IS NULL OR c.recorded_to > $2)
 WHERE r.valid_from <= $1 AND (r.valid_to IS NULL OR r.valid_to >= $1)
   AND r.recorded_from <= $2 AND (r.recorded_to IS NULL OR r.recorded_to > $2)

-- name: catalogue_groups
-- Target groups of services.
SELECT s.id, g.code
  FROM service_target_groups g
  JOIN service s ON s.row_id = g.owner
 WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)

-- name: catalogue_ages
-- Age groups of services.
SELECT s.id, g.code
  FROM service_age_groups g
  JOIN service s ON s.row_id = g.owner
 WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)

-- name: catalogue_contacts
-- Telephones, e-mails and webs of a service ($3), for files.
SELECT k.kind, k.value
  FROM contact k
 WHERE k.service = $3 AND k.valid_from <= $1 AND (k.valid_to IS NULL OR k.valid_to >= $1)
   AND k.recorded_from <= $2 AND (k.recorded_to IS NULL OR k.recorded_to > $2)
 ORDER BY k.id

-- name: catalogue_secret_places
-- Municipalities of secret places of a service ($3), for their districts.
SELECT f.id, f.municipality
  FROM facility f
 WHERE f.service = $3 AND f.secret_address = 1 AND f.valid_from <= $1 AND (f.valid_to IS NULL OR f.valid_to >= $1)
   AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to > $2)
