-- What the public may know of needs: sums over those that the region has decided about.

-- name: gap_needs
-- Per district, target group, kind and unit: number of needs, persons, and the missing capacity of those that nothing covers.
SELECT COALESCE(district, 0), target_group, kind, unit, COUNT(*), CAST(SUM(persons) AS BIGINT),
       CAST(COALESCE(SUM(missing_capacity) FILTER (WHERE state <> 'covered'), 0) AS BIGINT)
  FROM need
 WHERE state IN ('accepted', 'covered', 'unanswered')
 GROUP BY COALESCE(district, 0), target_group, kind, unit
 ORDER BY 1, 2, 3, 4

-- name: optimal_of_year
-- Optimal capacities of a year ($3) as they hold on a day ($1) and are known at an instant ($2).
SELECT id, kind, unit, district, value, source, resolution
  FROM optimal_capacity
 WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1) AND recorded_from <= $2 AND (recorded_to IS NULL OR recorded_to > $2) AND year = $3
 ORDER BY kind, unit, district

-- name: optimal_years
-- Years that have an optimum, as they hold on a day ($1) and are known at an instant ($2).
SELECT DISTINCT year
  FROM optimal_capacity
 WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1) AND recorded_from <= $2 AND (recorded_to IS NULL OR recorded_to > $2)
 ORDER BY year

-- name: optimal_same
-- Another row than $7 of the same year ($3), kind ($4), unit ($5) and district ($6), as of a day ($1) and an instant ($2).
SELECT COUNT(*)
  FROM optimal_capacity
 WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1) AND recorded_from <= $2 AND (recorded_to IS NULL OR recorded_to > $2)
   AND year = $3 AND kind = $4 AND unit = $5 AND district = $6 AND id <> $7
