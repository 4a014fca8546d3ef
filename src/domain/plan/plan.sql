-- name: plan_by_slug
SELECT id FROM plan WHERE slug = $1

-- name: plan_overlapping
-- Another plan of which some year lies between $1 and $2.
SELECT id FROM plan WHERE year_from <= $2 AND year_to >= $1

-- name: plan_ids
SELECT id FROM plan ORDER BY year_from DESC, id

-- name: plan_chapter_ids
SELECT id FROM plan_chapter WHERE plan = $1 ORDER BY no, id

-- name: plan_chapter_id
SELECT id FROM plan_chapter WHERE plan = $1 AND no = $2

-- name: plan_chapter_last
SELECT MAX(no) FROM plan_chapter WHERE plan = $1

-- name: plan_anchors
-- What stands in the other chapters of the plan: their anchors may not be given again.
SELECT text, taken FROM plan_chapter WHERE plan = $1 AND id <> $2

-- name: plan_note_ids
-- Of a chapter ($2), or contributions to the plan ($2 = 0); open ones first.
SELECT id FROM plan_note WHERE plan = $1 AND COALESCE(chapter, 0) = $2
 ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, id

-- name: plan_notes_open
SELECT COUNT(*) FROM plan_note WHERE plan = $1 AND COALESCE(chapter, 0) = $2 AND state = 'open'

-- name: plan_milestone_ids
SELECT id FROM plan_milestone WHERE plan = $1 ORDER BY day, id
