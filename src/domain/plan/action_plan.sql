-- name: action_plan_ids
-- Action plans of a plan ($1), the newest year first.
SELECT id FROM action_plan WHERE plan = $1 ORDER BY year DESC

-- name: action_plan_id
-- The action plan of a plan ($1) for a year ($2).
SELECT id FROM action_plan WHERE plan = $1 AND year = $2

-- name: action_milestone
-- The milestone of a card ($1) in a year ($2).
SELECT milestone FROM card_year WHERE card = $1 AND year = $2

-- name: frozen_card_put
-- What a version ($1) says about a card ($2) in a year ($3).
INSERT INTO plan_frozen_card (document_version, card, year, code, title, starts_on, ends_on, capacity_target, cost, sources)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: frozen_cards
-- What a version ($1) says about cards in a year ($2).
SELECT card, code, title, starts_on, ends_on, capacity_target, cost, sources FROM plan_frozen_card WHERE document_version = $1 AND year = $2 ORDER BY code
