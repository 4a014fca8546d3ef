-- Consultations and comments. Comments are read whole through the entity; statements find which.

-- name: consultation_all
-- Newest first.
SELECT id FROM consultation ORDER BY first_day DESC, id DESC

-- name: consultation_of_version
-- Of a version of a document ($1), newest first.
SELECT id FROM consultation WHERE subject = $1 ORDER BY first_day DESC, id DESC

-- name: comment_last_serial
-- The last number given in a year ($1).
SELECT COALESCE(MAX(serial), 0) FROM comment WHERE year = $1

-- name: comment_link_put
-- The secret of a comment ($1) as a digest ($2); it confirms until an instant ($3).
INSERT INTO comment_link (comment, sha256, ends_at) VALUES ($1, $2, $3)

-- name: comment_link_find
-- The comment of a secret's digest ($1), and until when it may be confirmed by it.
SELECT comment, ends_at FROM comment_link WHERE sha256 = $1

-- name: comment_link_drop
-- The link of a comment ($1) leads nowhere any more.
DELETE FROM comment_link WHERE comment = $1

-- name: comment_found
-- Of a consultation ($1), by state ($2), kind ($3), result ($4), paragraph ($5), who settles ($6, 0 = all), only late ones ($7), folded words in it
-- ($8, '' = all): in the order in which they came, $9 of them after the first $10. What was never confirmed is not among them.
SELECT id FROM comment
 WHERE consultation = $1 AND (state = $2 OR $2 = '') AND (kind = $3 OR $3 = '') AND (result = $4 OR $4 = '') AND (anchor = $5 OR $5 = '')
   AND (assigned = $6 OR $6 = 0) AND (late = 1 OR $7 = 0)
   AND (text_fold LIKE $8 OR number_fold LIKE $8)
   AND state NOT IN ('unconfirmed', 'expired')
 ORDER BY year, serial, part, id
 LIMIT $9 OFFSET $10

-- name: comment_found_count
-- How many comment_found would find with the same $1 to $8.
SELECT COUNT(*) FROM comment
 WHERE consultation = $1 AND (state = $2 OR $2 = '') AND (kind = $3 OR $3 = '') AND (result = $4 OR $4 = '') AND (anchor = $5 OR $5 = '')
   AND (assigned = $6 OR $6 = 0) AND (late = 1 OR $7 = 0)
   AND (text_fold LIKE $8 OR number_fold LIKE $8)
   AND state NOT IN ('unconfirmed', 'expired')

-- name: comment_states
-- How many of a consultation ($1) are in each state.
SELECT state, COUNT(*) FROM comment WHERE consultation = $1 GROUP BY state

-- name: comment_by_number
-- By its number ($1).
SELECT id FROM comment WHERE number = $1

-- name: comment_in_state
-- Of a consultation ($1) in a state ($2).
SELECT id FROM comment WHERE consultation = $1 AND state = $2 ORDER BY id

-- name: comment_all_of
-- Everything of a consultation ($1) that was received, whatever became of it.
SELECT id FROM comment WHERE consultation = $1 AND state NOT IN ('unconfirmed', 'expired') ORDER BY year, serial, part, id

-- name: comment_parts
-- Parts of a comment ($1).
SELECT id FROM comment WHERE split_from = $1 ORDER BY part, id

-- name: comment_joined
-- Comments that were joined into another one ($1).
SELECT id FROM comment WHERE merged_into = $1 ORDER BY id

-- name: comment_unconfirmed_before
-- Never confirmed, delivered before an instant ($1): at most $2.
SELECT id FROM comment WHERE state = 'unconfirmed' AND delivered_at < $1 ORDER BY id LIMIT $2

-- name: comment_by_anchor_count
-- How many comments of a consultation ($1) stand at each paragraph.
SELECT anchor, COUNT(*) FROM comment WHERE consultation = $1 AND state NOT IN ('unconfirmed', 'expired', 'split') GROUP BY anchor

-- name: version_card_put
-- A version ($1) has a card ($2) under a code ($3) and a title ($4); it says a text ($5).
INSERT INTO version_card (document_version, card, code, title, text) VALUES ($1, $2, $3, $4, $5)

-- name: version_cards
-- Cards of a version ($1) in the order of codes.
SELECT card, code, title, text FROM version_card WHERE document_version = $1 ORDER BY code, card

-- name: place_put
-- A comment ($1) stands in a version ($2) at a paragraph ($3): how sure that is ($4), the guess ($5), who decided ($6), when ($7).
INSERT INTO comment_place (comment, document_version, anchor, how, guess, decided_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: place_missing
-- Comments on a version ($1) at a paragraph that have no place in another version ($2) yet.
SELECT k.id FROM comment k JOIN consultation n ON n.id = k.consultation
 WHERE n.subject = $1 AND k.anchor <> '' AND k.state NOT IN ('unconfirmed', 'expired')
   AND NOT EXISTS (SELECT 1 FROM comment_place p WHERE p.comment = k.id AND p.document_version = $2)
 ORDER BY k.id

-- name: place_earlier
-- Versions of a document ($1) before number $2 that were commented on.
SELECT DISTINCT v.id FROM document_version v JOIN consultation n ON n.subject = v.id WHERE v.document = $1 AND v.no < $2 ORDER BY v.id

-- name: place_later
-- Frozen versions after the one that a consultation ($1) is about.
SELECT l.id
  FROM consultation n
  JOIN document_version v ON v.id = n.subject
  JOIN document_version l ON l.document = v.document AND l.no > v.no AND l.state <> 'draft'
 WHERE n.id = $1
 ORDER BY l.no

-- name: place_of_comment
-- Places of a comment ($1), oldest version first.
SELECT p.comment, p.document_version, p.anchor, p.how, p.guess, p.decided_by FROM comment_place p JOIN document_version v ON v.id = p.document_version
 WHERE p.comment = $1 ORDER BY v.no

-- name: place_unsure
-- What waits for a person in a version ($1).
SELECT comment, document_version, anchor, how, guess, decided_by FROM comment_place WHERE document_version = $1 AND how = 'unsure' ORDER BY comment

-- name: place_decide
-- A person ($4) says that a comment ($1) stands at a paragraph ($3, '' = nowhere) of a version ($2); only where it was not certain.
UPDATE comment_place SET anchor = $3, how = 'person', decided_by = $4 WHERE comment = $1 AND document_version = $2 AND how = 'unsure'

-- name: comment_unconfirmed_count
-- How many were never confirmed, delivered before an instant ($1).
SELECT COUNT(*) FROM comment WHERE state = 'unconfirmed' AND delivered_at < $1

-- name: comment_contact_before
-- Authors of periods whose answers were published, or that were cancelled, before an instant ($1): at most $2.
SELECT k.id
  FROM comment k
  JOIN consultation n ON n.id = k.consultation
  LEFT JOIN workflow_step w ON w.machine = 'consultation' AND w.object_id = n.id AND w.state_after = 'cancelled'
 WHERE (n.published_at < $1 OR w.at < $1) AND (k.email <> '' OR k.author_name <> '' OR k.account IS NOT NULL OR k.attachment IS NOT NULL)
 ORDER BY k.id LIMIT $2

-- name: comment_contact_count
-- How many comment_contact_before would give without a limit, before an instant ($1).
SELECT COUNT(*)
  FROM comment k
  JOIN consultation n ON n.id = k.consultation
  LEFT JOIN workflow_step w ON w.machine = 'consultation' AND w.object_id = n.id AND w.state_after = 'cancelled'
 WHERE (n.published_at < $1 OR w.at < $1) AND (k.email <> '' OR k.author_name <> '' OR k.account IS NOT NULL OR k.attachment IS NOT NULL)

-- name: comment_of_person
-- What an account ($1) wrote, and whatever came with an address, oldest first.
SELECT id FROM comment WHERE account = $1 OR email <> '' ORDER BY id

-- name: comment_person_email
-- The address of an account ($1).
SELECT login FROM account WHERE id = $1
