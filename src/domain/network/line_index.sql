-- What the index of lines in memory is made of. Rows are never removed: they come with growing numbers, and are closed once.

-- name: line_index_stamp
-- all versions: when neither the last row nor the number of believed ones is another, nothing was written.
-- The last row of a line, and how many are believed now.
SELECT (SELECT COALESCE(MAX(l.row_id), 0) FROM network_line l), (SELECT COUNT(*) FROM network_line k WHERE k.recorded_to IS NULL)

-- name: line_index_new
-- all versions: the index holds every span that was ever believed.
-- Rows after one ($1), in the order in which they came.
SELECT l.row_id, l.network, l.valid_from, l.valid_to, l.recorded_from, l.recorded_to FROM network_line l WHERE l.row_id > $1 ORDER BY l.row_id

-- name: line_index_believed
-- all versions: which rows are believed now, on whatever days.
-- Rows that are believed.
SELECT l.row_id FROM network_line l WHERE l.recorded_to IS NULL

-- name: line_index_closed
-- all versions: one row, which is no longer believed.
-- Until when a row ($1) was believed.
SELECT l.recorded_to FROM network_line l WHERE l.row_id = $1
