-- Needs, their order, offers and links.

-- name: need_rank_list
-- Ranked needs of a district ($1; 0 = the region's order), first to last.
SELECT id, CASE WHEN CAST($1 AS BIGINT) = 0 THEN rank_region ELSE rank_district END
  FROM need
 WHERE (CAST($1 AS BIGINT) <> 0 AND district = CAST($1 AS BIGINT) AND rank_district IS NOT NULL) OR (CAST($1 AS BIGINT) = 0 AND rank_region IS NOT NULL)
 ORDER BY 2, id

-- name: need_rank_district_set
-- The place ($2, NULL = none) of a need ($1) in the order of its district. The version stays: no text of the need has changed.
UPDATE need SET rank_district = CAST($2 AS BIGINT) WHERE id = $1

-- name: need_rank_region_set
-- The same in the order of the region.
UPDATE need SET rank_region = CAST($2 AS BIGINT) WHERE id = $1

-- name: need_same
-- Another need of the same title ($1), year ($2), territory ($3) and target group ($4) than $5.
SELECT COUNT(*) FROM need WHERE title = $1 AND year = $2 AND territory = $3 AND target_group = $4 AND id <> $5 AND state NOT IN ('closed', 'withdrawn')

-- name: need_offer_list
-- Offers for a need ($1).
SELECT id FROM need_offer WHERE need = $1 ORDER BY id

-- name: need_link_list
-- Links of a need ($1), or, with $1 = 0, those to an object ($2, $3).
SELECT id, version, need, object, object_id, object_name, note, account, author, made_at
  FROM need_link
 WHERE need = CAST($1 AS BIGINT) OR (CAST($1 AS BIGINT) = 0 AND object = $2 AND object_id = $3)
 ORDER BY id

-- name: unanswered_open
-- Open entries of the public register that come from a need ($1).
SELECT id FROM unanswered_need WHERE need = $1 AND ended_on IS NULL ORDER BY id

-- name: need_review_due
-- Needs without a positive answer whose day of review has come by a day ($1).
SELECT COUNT(*) FROM need WHERE state IN ('rejected', 'unanswered') AND review_date <= $1

-- name: need_first
-- Needs that were entered at an instant ($1) or before.
SELECT COUNT(*) FROM need WHERE made_at <= $1

-- name: snapshot_regular_count
-- Is there the regular snapshot of a day ($1)?
SELECT COUNT(*) FROM need_snapshot WHERE day = $1 AND kind = 'regular'

-- name: snapshot_add
-- The head of a snapshot.
INSERT INTO need_snapshot (id, day, kind, title, made_at, author, needs, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: snapshot_row_add
-- One need of a snapshot.
INSERT INTO need_snapshot_row (snapshot, need, title, year, territory, district, target_group, kind, unit, missing_capacity, persons, state, rank_district, rank_region)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: snapshot_list
-- All snapshots, the newest first; with $1 above 0 that one.
SELECT id, day, kind, title, author, made_at, needs, sha256
  FROM need_snapshot
 WHERE CAST($1 AS BIGINT) = 0 OR id = CAST($1 AS BIGINT)
 ORDER BY day DESC, id DESC

-- name: snapshot_rows
-- The needs of a snapshot ($1).
SELECT need, title, year, territory, district, target_group, kind, unit, missing_capacity, persons, state, rank_district, rank_region
  FROM need_snapshot_row
 WHERE snapshot = $1
 ORDER BY need

-- name: need_unranked
-- Needs of a district ($1) that a working group has agreed on and that have no place in the order.
SELECT COUNT(*) FROM need WHERE district = $1 AND state = 'agreed_group' AND rank_district IS NULL
