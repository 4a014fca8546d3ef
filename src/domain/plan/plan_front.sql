-- What the search of the site reads of plans.

-- name: card_words
-- Every card with its plan, newest plan first.
SELECT k.id, k.plan, k.code, k.title, k.description
  FROM activity_card k JOIN plan p ON p.id = k.plan
 ORDER BY p.year_from DESC, k.code
