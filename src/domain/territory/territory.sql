-- name: territory_all
-- Every unit, in Czech order.
SELECT t.id, t.level, t.code, t.csu_code, t.name, t.slug, t.seat, t.lon, t.lat, t.version
  FROM territory t
 ORDER BY t.name_sort, t.id

-- name: membership_known
-- Every span of membership that was believed at an instant ($1).
SELECT m.child, m.parent, m.valid_from, m.valid_to, m.id, m.version
  FROM membership m
 WHERE m.recorded_from <= $1 AND (m.recorded_to IS NULL OR m.recorded_to > $1)
 ORDER BY m.child, m.valid_from, m.row_id

-- name: membership_believed
-- Every span of membership that is believed now.
-- all versions: recorded_to IS NULL is what is believed now
SELECT m.child, m.parent, m.valid_from, m.valid_to, m.id, m.version, m.parent_level
  FROM membership m
 WHERE m.recorded_to IS NULL
 ORDER BY m.child, m.valid_from, m.row_id

-- name: membership_newest
-- The last instant at which a membership was recorded or closed.
-- all versions: the newest change, whatever it says
SELECT MAX(COALESCE(m.recorded_to, m.recorded_from)) FROM membership m

-- name: membership_levels
-- Levels of a child ($1) and of a parent ($2), and how many memberships other than $4 the child has at a level ($3).
-- all versions: recorded_to IS NULL is what is believed now
SELECT t.level, p.level,
       (SELECT COUNT(*) FROM membership m WHERE m.child = $1 AND m.parent_level = $3 AND m.id <> $4 AND m.recorded_to IS NULL)
  FROM territory t
  JOIN territory p ON p.id = $2
 WHERE t.id = $1

-- name: territory_slug_taken
-- How many other units ($3 is this one) of a level ($1) have an address ($2).
SELECT COUNT(*) FROM territory WHERE level = $1 AND slug = $2 AND id <> $3

-- name: population_all
-- Every count, together by unit, day and source.
SELECT p.id, p.version, p.territory, p.counted_on, p.sex, p.age_from, p.age_to, p.count, p.source
  FROM population p
 ORDER BY p.territory, p.counted_on, p.source, p.id

-- name: boundary_of
-- Rings of a unit ($1) in a layer ($2).
SELECT rings FROM boundary WHERE territory = $1 AND layer = $2

-- name: boundary_put
-- Keep the rings ($4) of a unit ($2) in a layer ($3) that come from a source ($5).
INSERT INTO boundary (id, territory, layer, rings, source) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (territory, layer) DO UPDATE SET rings = excluded.rings, source = excluded.source

-- name: part_all
-- Every part of a municipality.
SELECT code, name, postcode, territory FROM municipality_part

-- name: part_put
-- Keep a part of a municipality.
INSERT INTO municipality_part (id, code, name, name_sort, postcode, territory) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (code, postcode) DO UPDATE SET name = excluded.name, name_sort = excluded.name_sort, territory = excluded.territory

-- name: part_territory
-- The municipality of a part ($1).
SELECT territory FROM municipality_part WHERE code = $1 ORDER BY id LIMIT 1

-- name: parts_of
-- Parts of a municipality ($1), in Czech order, with a row for each postcode.
SELECT name, postcode, code FROM municipality_part WHERE territory = $1 ORDER BY name_sort, code, postcode
