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
