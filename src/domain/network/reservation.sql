-- Reservations.

-- name: reservation_open_of
-- Another open reservation of a line ($1) than this one ($2).
SELECT COUNT(*) FROM reservation WHERE line = $1 AND id <> $2 AND state = 'open'

-- name: reservation_paper_add
-- A letter ($1) of a reservation ($2): title, text, digest of the text, when.
INSERT INTO reservation_paper (id, reservation, title, text, text_sha256, made_at, sha256) VALUES ($1, $2, $3, $4, $5, $6, '')

-- name: reservation_paper_job
-- The job ($2) that prints a letter ($1).
UPDATE reservation_paper SET job = $2 WHERE id = $1

-- name: reservation_paper_file
-- The printed letter ($1): file ($2) and its digest ($3). Written once.
UPDATE reservation_paper SET file = $2, sha256 = $3 WHERE id = $1 AND file IS NULL

-- name: reservation_papers
-- Letters: of a reservation ($1), one by its id ($2), or all when both are 0, with the job that prints them.
SELECT p.id, p.reservation, p.title, p.text, p.text_sha256, p.made_at, p.file, p.job, p.sha256, COALESCE(j.state, ''), COALESCE(j.note, '')
  FROM reservation_paper p
  LEFT JOIN job j ON j.id = p.job
 WHERE ($1 = 0 OR p.reservation = $1) AND ($2 = 0 OR p.id = $2)
 ORDER BY p.id
