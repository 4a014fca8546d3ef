-- Pages whose text the region writes, their versions and reviews.

-- name: page_on
-- The text of an address ($1), or of a page ($2) when that is not 0, that holds on a day ($3).
SELECT p.id, v.id, v.no, p.address, v.title, v.lead, v.body, v.holds_from, v.published_at,
       (SELECT MAX(r.on_day) FROM static_page_review r WHERE r.page = p.id)
  FROM static_page p
  JOIN static_page_version v ON v.page = p.id AND v.state = 'published' AND v.holds_from <= $3
 WHERE (p.address = $1 AND $2 = 0) OR p.id = $2
 ORDER BY v.holds_from DESC, v.no DESC
 LIMIT 1

-- name: pages_on
-- Every page with its text that holds on a day ($1).
SELECT p.id, v.id, v.no, p.address, v.title, v.lead, '', v.holds_from, v.published_at, NULL
  FROM static_page p
  JOIN static_page_version v ON v.page = p.id AND v.state = 'published' AND v.holds_from <= $1
 WHERE NOT EXISTS (SELECT 1 FROM static_page_version w WHERE w.page = p.id AND w.state = 'published' AND w.holds_from <= $1
                   AND (w.holds_from > v.holds_from OR (w.holds_from = v.holds_from AND w.no > v.no)))
 ORDER BY p.section, p.position, p.id

-- name: page_versions
-- All versions of a page ($1), the draft and the newest first.
SELECT id, version, no, state, title, lead, body, holds_from, note, account, author, made_at, published_by, published_at, indexed
  FROM static_page_version WHERE page = $1 ORDER BY no DESC

-- name: page_next_no
-- Number of the next version of a page ($1).
SELECT COALESCE(MAX(no), 0) + 1 FROM static_page_version WHERE page = $1

-- name: page_reviews
-- Reviews of a page ($1), newest first.
SELECT on_day, who, note FROM static_page_review WHERE page = $1 ORDER BY on_day DESC, id DESC LIMIT 50

-- name: page_review_add
-- A review.
INSERT INTO static_page_review (id, page, on_day, account, who, note) VALUES ($1, $2, $3, $4, $5, $6)

-- name: page_last_look
-- When somebody last read a page ($1) through: a review, or a version that was published.
SELECT MAX(d) FROM (SELECT MAX(on_day) AS d FROM static_page_review WHERE page = $1
                    UNION ALL SELECT SUBSTR(MAX(published_at), 1, 10) AS d FROM static_page_version WHERE page = $1 AND state = 'published') looks

-- name: page_known
-- Whether an address ($1) has a page.
SELECT COUNT(*) FROM static_page WHERE address = $1

-- name: pages_to_index
-- Published versions whose day has come by $1 and which nobody finds yet, in the order in which they hold.
SELECT page, id FROM static_page_version WHERE state = 'published' AND indexed = 0 AND holds_from <= $1 ORDER BY holds_from, no

-- name: page_indexed
-- A version ($1) is found now.
UPDATE static_page_version SET indexed = 1 WHERE id = $1

-- name: page_person
-- Versions that an account ($1) wrote.
SELECT p.title, v.no, v.state, v.made_at FROM static_page_version v JOIN static_page p ON p.id = v.page WHERE v.account = $1 ORDER BY v.id

-- name: page_person_erase
-- The author of versions ($1) is no longer named.
UPDATE static_page_version SET account = NULL, author = '', published_by = CASE WHEN published_by = author THEN '' ELSE published_by END WHERE account = $1
