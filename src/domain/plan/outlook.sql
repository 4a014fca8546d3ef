-- name: outlook_of_plan
-- The outlook of a plan ($1).
SELECT id FROM plan_outlook WHERE plan = $1

-- name: outlook_cells
-- Amounts of an outlook ($1).
SELECT part, item, year, amount FROM plan_outlook_cell WHERE outlook = $1 ORDER BY part, item, year

-- name: frozen_outlook_put
-- What a version ($1) says of where its outlook comes from ($2) and of an uncovered amount ($3-$5).
INSERT INTO plan_frozen_outlook (document_version, note, accepted_missing, accepted_why, accepted_at) VALUES ($1, $2, $3, $4, $5)

-- name: frozen_outlook_cells_put
-- Amounts of an outlook ($2) as those of a version ($1).
INSERT INTO plan_frozen_outlook_cell (document_version, part, item, year, amount)
SELECT $1, part, item, year, amount FROM plan_outlook_cell WHERE outlook = $2

-- name: frozen_outlook_accept
-- The uncovered amount of a version ($1) was taken note of ($2-$4).
UPDATE plan_frozen_outlook SET accepted_missing = $2, accepted_why = $3, accepted_at = $4 WHERE document_version = $1

-- name: frozen_outlook
-- The outlook of a version ($1).
SELECT note, accepted_missing, accepted_why, accepted_at FROM plan_frozen_outlook WHERE document_version = $1

-- name: frozen_outlook_cells
-- Amounts of the outlook of a version ($1).
SELECT part, item, year, amount FROM plan_frozen_outlook_cell WHERE document_version = $1 ORDER BY part, item, year
