-- News, notices and contacts.

-- name: news_begun
-- Published news that began by a day ($1), within the days $2 to $3, at most $4; newest first.
SELECT id, version, kind, title, summary, '', urgent, first_day, last_day, link, hours, state, published_at, changed_at
  FROM news WHERE state = 'published' AND first_day <= $1 AND first_day >= $2 AND first_day <= $3
 ORDER BY first_day DESC, id DESC LIMIT $4

-- name: news_holding
-- Published news that hold on a day ($1), urgent first.
SELECT id, version, kind, title, summary, '', urgent, first_day, last_day, link, hours, state, published_at, changed_at
  FROM news WHERE state = 'published' AND first_day <= $1 AND (last_day IS NULL OR last_day >= $1)
 ORDER BY urgent DESC, first_day DESC, id DESC LIMIT 50

-- name: news_urgent
-- Published urgent news of any days, newest first.
SELECT id, version, kind, title, summary, '', urgent, first_day, last_day, link, hours, state, published_at, changed_at
  FROM news WHERE state = 'published' AND urgent = 1 ORDER BY first_day DESC, id DESC

-- name: news_one
-- One ($1) whatever its state.
SELECT id, version, kind, title, summary, body, urgent, first_day, last_day, link, hours, state, published_at, changed_at FROM news WHERE id = $1

-- name: news_years
-- Years in which something public began by a day ($1), newest first.
SELECT DISTINCT SUBSTR(first_day, 1, 4) AS year FROM news WHERE state = 'published' AND first_day <= $1 ORDER BY year DESC LIMIT 40

-- name: news_to_index
-- Published ones that began by a day ($1) and are not found yet.
SELECT id FROM news WHERE state = 'published' AND indexed = 0 AND first_day <= $1 ORDER BY id LIMIT 100

-- name: news_indexed
-- Is ($2 = 1) one ($1) found, or not.
UPDATE news SET indexed = $2 WHERE id = $1

-- name: news_person
-- What an account ($1) wrote.
SELECT title, state, first_day FROM news WHERE account = $1 ORDER BY id

-- name: news_person_erase
-- The author ($1) is no longer named.
UPDATE news SET account = NULL, published_by = CASE WHEN published_by = author THEN '' ELSE published_by END, author = '' WHERE account = $1

-- name: office_contacts
-- All contacts by function in their order.
SELECT id, title, helps_with, phone, email, place, hours, position FROM office_contact ORDER BY position NULLS LAST, title_sort, id
