-- Mandates of lines, their amendments and papers.

-- name: mandates_of_line
-- Mandates of a line ($1) that were not cancelled, oldest first.
SELECT id FROM mandate WHERE line = $1 AND state <> 'cancelled' ORDER BY first_day, id

-- name: mandates_holding
-- Issued mandates that hold on a day ($1) and were issued before an instant ($2), by their lines.
SELECT line, id, number FROM mandate WHERE is_public = 1 AND first_day <= $1 AND ends_on >= $1 AND issued_at < $2 ORDER BY line, id

-- name: mandate_last_author
-- Whose account wrote the draft ($1) last, by the trail.
SELECT t.account FROM trail t WHERE t.object = 'mandate' AND t.object_id = $1 AND t.action = 'change' ORDER BY t.seq DESC LIMIT 1

-- name: mandate_serial_last
-- The last number that was given in a year ($1).
SELECT COALESCE(MAX(serial_no), 0) FROM mandate WHERE serial_year = $1

-- name: mandates_to_watch
-- Active mandates whose last day is not after a day ($1).
SELECT id FROM mandate WHERE state = 'active' AND ends_on <= $1 ORDER BY ends_on, id

-- name: mandates_active
-- All active mandates.
SELECT id FROM mandate WHERE state = 'active' ORDER BY id

-- name: mandate_amendments
-- Amendments of a mandate ($1): issued ones by their numbers, then the others.
SELECT id FROM mandate_amendment WHERE mandate = $1 ORDER BY no NULLS LAST, id

-- name: mandate_paper_add
-- What was issued ($1): mandate ($2), amendment or 0 ($3), its number ($4), title, text, digest of the text, when.
INSERT INTO mandate_paper (id, mandate, amendment, no, title, text, text_sha256, made_at, sha256) VALUES ($1, $2, NULLIF($3, 0), $4, $5, $6, $7, $8, '')

-- name: mandate_paper_job
-- The job ($2) that prints a paper ($1).
UPDATE mandate_paper SET job = $2 WHERE id = $1

-- name: mandate_paper_file
-- The printed paper ($1): file ($2) and its digest ($3). Written once.
UPDATE mandate_paper SET file = $2, sha256 = $3 WHERE id = $1 AND file IS NULL

-- name: mandate_papers
-- Papers of a mandate ($1) in the order of their numbers, with the job that prints them.
SELECT p.id, p.mandate, COALESCE(p.amendment, 0), p.no, p.title, p.text, p.text_sha256, p.made_at, p.file, p.sha256, p.job, COALESCE(j.state, ''), COALESCE(j.note, '')
  FROM mandate_paper p
  LEFT JOIN job j ON j.id = p.job
 WHERE p.mandate = $1
 ORDER BY p.no

-- name: mandate_paper_get
-- One paper ($1).
SELECT p.id, p.mandate, COALESCE(p.amendment, 0), p.no, p.title, p.text, p.text_sha256, p.made_at, p.file, p.sha256, p.job, COALESCE(j.state, ''), COALESCE(j.note, '')
  FROM mandate_paper p
  LEFT JOIN job j ON j.id = p.job
 WHERE p.id = $1

-- name: mandate_papers_all
-- All papers.
SELECT p.id, p.mandate, COALESCE(p.amendment, 0), p.no, p.title, p.text, p.text_sha256, p.made_at, p.file, p.sha256, p.job, '', ''
  FROM mandate_paper p
 ORDER BY p.id
