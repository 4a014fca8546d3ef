-- name: plan_by_slug
-- The plan of a period ($1: "2027-2029").
SELECT id FROM plan WHERE slug = $1

-- name: plan_of_document
-- The plan whose text a document ($1) of the library is.
SELECT id FROM plan WHERE document = $1 ORDER BY id DESC LIMIT 1

-- name: action_plan_of_document
-- The action plan whose text a document ($1) of the library is.
SELECT id FROM action_plan WHERE document = $1

-- name: plan_overlapping
-- A plan of which some year lies between $1 and $2.
SELECT id FROM plan WHERE year_from <= $2 AND year_to >= $1

-- name: plan_ids
-- Every plan, the newest period first.
SELECT id FROM plan ORDER BY year_from DESC, id

-- name: plan_chapter_ids
-- Chapters of a plan ($1) in their order.
SELECT id FROM plan_chapter WHERE plan = $1 ORDER BY no, id

-- name: plan_chapter_id
-- The chapter of a plan ($1) at a place ($2).
SELECT id FROM plan_chapter WHERE plan = $1 AND no = $2

-- name: plan_chapter_last
-- The last place among chapters of a plan ($1).
SELECT MAX(no) FROM plan_chapter WHERE plan = $1

-- name: plan_anchors
-- What stands in chapters of a plan ($1) other than $2: their anchors may not be given again.
SELECT text, taken FROM plan_chapter WHERE plan = $1 AND id <> $2

-- name: plan_note_ids
-- Notes to a chapter ($2) of a plan ($1), or contributions to it ($2 = 0); open ones first.
SELECT id FROM plan_note WHERE plan = $1 AND COALESCE(chapter, 0) = $2
 ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, id

-- name: plan_notes_open
-- How many notes to a chapter ($2), or contributions to the plan ($2 = 0), nobody has settled.
SELECT COUNT(*) FROM plan_note WHERE plan = $1 AND COALESCE(chapter, 0) = $2 AND state = 'open'

-- name: plan_milestone_ids
-- Days of preparation of a plan ($1), oldest first.
SELECT id FROM plan_milestone WHERE plan = $1 ORDER BY day, id

-- name: plan_notes_of_account
-- What a person ($1) wrote to plans, oldest first.
SELECT p.title, n.kind, n.text, n.proposal, n.state, n.made_at FROM plan_note n JOIN plan p ON p.id = n.plan WHERE n.account = $1 ORDER BY n.id

-- name: plan_documents_alone
-- Documents that are plans and that no plan of the program has: what was approved before it.
SELECT d.id FROM document d WHERE d.kind = 'plan' AND d.part_of IS NULL AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.document = d.id) ORDER BY d.id DESC
