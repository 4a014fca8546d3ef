-- Versions of rule sets.

-- name: rule_version_ids
-- Versions of all sets, the newest of each first; published ones alone ($1 = 1).
SELECT id FROM rule_set WHERE state = 'published' OR $1 = 0 ORDER BY code, no DESC

-- name: rule_version_last
-- The highest number of a set ($1); 0 when there is none.
SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) FROM rule_set WHERE code = $1

-- name: rule_version_in_force
-- The published version of a set ($1) that holds on a day ($2): the one that began last; one without a day held from the beginning.
SELECT id FROM rule_set
 WHERE code = $1 AND state = 'published' AND (valid_from IS NULL OR valid_from <= $2)
 ORDER BY CASE WHEN valid_from IS NULL THEN 0 ELSE 1 END DESC, valid_from DESC, no DESC
 LIMIT 1

-- name: reference_value_in_force
-- The reference value of a kind ($1) in a unit ($2) for a year ($3): of the last year that is not later.
SELECT id FROM reference_value WHERE kind = $1 AND unit = $2 AND year <= $3 ORDER BY year DESC LIMIT 1

-- name: reference_value_count
-- How many there are.
SELECT COUNT(*) FROM reference_value
