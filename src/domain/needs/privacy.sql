-- What one account wrote about needs.

-- name: needs_person_all
-- Needs, offers and links of account $1.
SELECT 'potřeba', title, made_at FROM need WHERE owner = $1
UNION ALL
SELECT 'nabídka', text, made_at FROM need_offer WHERE owner = $1
UNION ALL
SELECT 'propojení', object_name, made_at FROM need_link WHERE account = $1
 ORDER BY 3

-- name: needs_person_needs_erase
-- Needs of account $1 lose the name of their author; the need and its organisation stay.
UPDATE need SET author = '' WHERE owner = $1 AND author <> ''

-- name: needs_person_offers_erase
-- The same of offers.
UPDATE need_offer SET author = '' WHERE owner = $1 AND author <> ''

-- name: needs_person_links_erase
-- The same of links.
UPDATE need_link SET author = '' WHERE account = $1 AND author <> ''
