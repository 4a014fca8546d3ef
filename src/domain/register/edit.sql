-- Changes of the register by hand.

-- name: edit_parts_ever
-- Ids of the parts that service $1 ever had, with the name of their kind.
-- all versions: the history shows what ended, too
SELECT DISTINCT 'form_row' AS kind, id FROM form_row WHERE service = $1
UNION ALL
SELECT DISTINCT 'capacity', c.id FROM capacity c JOIN form_row f ON f.id = c.form_row WHERE f.service = $1
UNION ALL
SELECT DISTINCT 'facility', id FROM facility WHERE service = $1
UNION ALL
SELECT DISTINCT 'contact', id FROM contact WHERE service = $1
