-- Lists as they are edited. Spans of every day are asked about, so belief is the newest one.

-- name: codelist_lists
-- Lists with the number of items on a day ($1) and of all that ever were.
-- all versions: items of every day are counted, as believed now
SELECT t.list, COUNT(DISTINCT CASE WHEN t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to >= $1) THEN t.id END), COUNT(DISTINCT t.id)
  FROM code_item t
 WHERE t.recorded_to IS NULL
 GROUP BY t.list
 ORDER BY t.list

-- name: codelist_spans
-- Items of a list ($1) that hold on a day ($2), or with $3 = 1 every span.
-- all versions: with $3 = 1 every span of days, as believed now
SELECT t.row_id, t.id, t.version, t.valid_from, t.valid_to, t.code, t.name, t.position, t.replaced_by, t.external_id
  FROM code_item t
 WHERE t.list = $1 AND t.recorded_to IS NULL AND ($3 = 1 OR (t.valid_from <= $2 AND (t.valid_to IS NULL OR t.valid_to >= $2)))
 ORDER BY t.position NULLS LAST, t.name_sort, t.valid_from

-- name: codelist_children
-- Items of any list that stand under a code ($2) of a list ($1) and hold on a day ($3) or later.
-- all versions: what begins later counts too, as believed now
SELECT COUNT(DISTINCT t.id)
  FROM code_item t
 WHERE t.parent = $2 AND t.list = $1 AND t.recorded_to IS NULL AND (t.valid_to IS NULL OR t.valid_to >= $3)
