-- name: strategy_ids
-- Items of a plan's strategy ($1): by their place among siblings.
SELECT id FROM strategy_item WHERE plan = $1 ORDER BY place, id

-- name: strategy_last
-- The last place in a plan ($1).
SELECT MAX(place) FROM strategy_item WHERE plan = $1

-- name: strategy_place
-- Put an item ($1) at a place ($2).
UPDATE strategy_item SET place = $2, version = version + 1 WHERE id = $1

-- name: strategy_indicators
-- By which indicators items of a plan's strategy ($1) are judged.
SELECT j.id, j.item, j.indicator FROM strategy_indicator j JOIN strategy_item s ON s.id = j.item WHERE s.plan = $1 ORDER BY j.id

-- name: card_ids
-- Cards of a plan ($1) by their codes.
SELECT id FROM activity_card WHERE plan = $1 ORDER BY code

-- name: card_by_code
-- The card of a plan ($1) with a code ($2).
SELECT id FROM activity_card WHERE plan = $1 AND code = $2

-- name: card_states
-- Cards of a plan ($1) in a state ($2).
SELECT id FROM activity_card WHERE plan = $1 AND state = $2 ORDER BY id

-- name: card_territory_ids
-- Territories of a card ($1).
SELECT territory FROM card_territory WHERE card = $1 ORDER BY territory

-- name: card_depends_ids
-- Cards on which a card ($1) depends.
SELECT other FROM card_relation WHERE card = $1 AND kind = 'depends' ORDER BY other

-- name: card_excludes_ids
-- Cards that a card ($1) excludes or that exclude it.
SELECT CASE WHEN card = $1 THEN other ELSE card END AS id FROM card_relation WHERE (card = $1 OR other = $1) AND kind = 'excludes' ORDER BY id

-- name: card_relations_of_plan
-- Relations among cards of a plan ($1).
SELECT r.id, r.card, r.kind, r.other FROM card_relation r JOIN activity_card k ON k.id = r.card WHERE k.plan = $1 ORDER BY r.id

-- name: card_year_ids
-- Years of a card ($1).
SELECT id FROM card_year WHERE card = $1 ORDER BY year

-- name: card_source_ids
-- Sources of a card ($1).
SELECT id FROM card_source WHERE card = $1 ORDER BY year, source

-- name: card_costs_of_plan
-- What cards of a plan ($1) cost by year.
SELECT y.card, y.year, y.operating_cost, y.investment_cost FROM card_year y JOIN activity_card k ON k.id = y.card WHERE k.plan = $1 ORDER BY y.card, y.year

-- name: card_amounts_of_plan
-- What sources give to cards of a plan ($1) by year.
SELECT s.card, s.year, s.source, s.amount FROM card_source s JOIN activity_card k ON k.id = s.card WHERE k.plan = $1 ORDER BY s.card, s.year, s.source

-- name: card_indicator_ids
-- Indicators of a card ($1).
SELECT id FROM card_indicator WHERE card = $1 ORDER BY id

-- name: card_monitoring_ids
-- Monitoring of a card ($1), newest first.
SELECT id FROM card_monitoring WHERE card = $1 ORDER BY day DESC, id DESC

-- name: plan_sources_used
-- Codes of sources under which money of a plan ($1) stands, on cards, in its outlook or in that of a version.
SELECT DISTINCT s.source FROM card_source s JOIN activity_card k ON k.id = s.card WHERE k.plan = $1
UNION
SELECT DISTINCT e.item FROM plan_outlook_cell e JOIN plan_outlook o ON o.id = e.outlook WHERE o.plan = $1
UNION
SELECT DISTINCT f.item FROM plan_frozen_outlook_cell f JOIN document_version v ON v.id = f.document_version JOIN plan p ON p.document = v.document WHERE p.id = $1
ORDER BY 1

-- name: plan_parts_used
-- Codes of parts under which money stands in the outlook of a plan ($1), as it is now or in a version.
SELECT DISTINCT e.part FROM plan_outlook_cell e JOIN plan_outlook o ON o.id = e.outlook WHERE o.plan = $1
UNION
SELECT DISTINCT f.part FROM plan_frozen_outlook_cell f JOIN document_version v ON v.id = f.document_version JOIN plan p ON p.document = v.document WHERE p.id = $1
ORDER BY 1

-- name: card_implementer_ids
-- Who carries a card ($1) out, in the order in which they were added.
SELECT id FROM card_implementer WHERE card = $1 ORDER BY id
