-- name: outlook_of_plan
-- The outlook of a plan ($1).
SELECT id FROM plan_outlook WHERE plan = $1

-- name: outlook_cells
-- Amounts of an outlook ($1).
SELECT id, version, part, item, year, amount FROM plan_outlook_cell WHERE outlook = $1 ORDER BY part, item, year
