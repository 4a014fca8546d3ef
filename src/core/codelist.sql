-- name: codelist_all
-- Every span of every code item that is believed at an instant ($1), in the order of lists.
SELECT t.row_id, t.id, t.version, t.valid_from, t.valid_to, t.list, t.code, t.name, t.short_name, t.external_id, t.rest_id, t.law, t.parent,
       t.attributes, t.description, t.position, t.replaced_by
  FROM code_item t
 WHERE t.recorded_from <= $1 AND (t.recorded_to IS NULL OR t.recorded_to > $1)
 ORDER BY t.list, t.position, t.name_sort, t.valid_from

-- name: codelist_stamp
-- What is another pair of numbers after every change of code items: the newest row, and how many are believed.
-- all versions: belief that ends is a change, too
SELECT COALESCE(MAX(t.row_id), 0), COUNT(CASE WHEN t.recorded_to IS NULL THEN 1 END)
  FROM code_item t
