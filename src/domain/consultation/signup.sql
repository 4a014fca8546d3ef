-- Sign-ups of a hearing: the order, the codes, the links, what is kept for how long.

-- name: signup_code_taken
-- Is a code ($2) of a hearing ($1) in use?
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND code = $2

-- name: signup_by_code
-- The sign-up of a hearing ($1) with a code ($2).
SELECT id FROM signup WHERE hearing = $1 AND code = $2

-- name: signup_last_position
-- The newest place in the order of a hearing ($1).
SELECT MAX(position) FROM signup WHERE hearing = $1

-- name: signup_last_confirmed
-- When the newest place of a hearing ($1) was given.
SELECT confirmed_at FROM signup WHERE hearing = $1 AND position IS NOT NULL ORDER BY position DESC LIMIT 1

-- name: signup_queue
-- Who waits for a seat of a hearing ($1) behind a place ($2), in order, a hundred at once: id, folded organisation.
SELECT id, organisation_fold, position FROM signup WHERE hearing = $1 AND state = 'waitlisted' AND position > $2 ORDER BY position LIMIT 100

-- name: signup_of_organisation
-- Seats of a hearing ($1) that an organisation ($2) holds.
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND organisation_fold = $2 AND state IN ('confirmed', 'attended')

-- name: signup_waiting_before
-- How many of those who wait for a hearing ($1) stand at a place ($2) or before it.
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND state = 'waitlisted' AND position <= $2

-- name: signup_ids
-- Sign-ups of a hearing ($1) in a state ($2, '' = all that were not left unconfirmed), those on seats first, in order.
SELECT id
  FROM signup
 WHERE hearing = $1 AND (state = $2 OR ($2 = '' AND state <> 'expired'))
 ORDER BY CASE state WHEN 'attended' THEN 0 WHEN 'confirmed' THEN 0 WHEN 'no_show' THEN 0 WHEN 'waitlisted' THEN 1 WHEN 'unconfirmed' THEN 2 ELSE 3 END, position, id

-- name: signup_present_count
-- Who came to a hearing ($1).
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND state = 'attended'

-- name: signup_state_counts
-- How many sign-ups of a hearing ($1) are in each state.
SELECT state, COUNT(*) FROM signup WHERE hearing = $1 GROUP BY state ORDER BY state

-- name: signup_same
-- A living sign-up of a hearing ($1) by a folded address ($2) and a folded name ($3).
SELECT id FROM signup WHERE hearing = $1 AND email_fold = $2 AND name_fold = $3 AND state IN ('unconfirmed', 'confirmed', 'waitlisted') ORDER BY id LIMIT 1

-- name: signup_of_address
-- How many living sign-ups of a hearing ($1) have a folded address ($2).
SELECT COUNT(*) FROM signup WHERE hearing = $1 AND email_fold = $2 AND state IN ('unconfirmed', 'confirmed', 'waitlisted')

-- name: signup_token_put
-- The confirming link of a sign-up ($2): its digest ($1), good until $3.
INSERT INTO signup_token (digest, signup, until) VALUES ($1, $2, $3)

-- name: signup_token_find
-- Whose link it is ($1), if it still holds at $2 or was used after $3.
SELECT signup FROM signup_token WHERE digest = $1 AND ((used_at IS NULL AND until > $2) OR used_at > $3)

-- name: signup_token_use
-- The link of a sign-up ($1) is used at $2.
UPDATE signup_token SET used_at = $2 WHERE signup = $1

-- name: signup_token_drop
-- The link of a sign-up ($1) is over.
DELETE FROM signup_token WHERE signup = $1

-- name: signup_to_remind
-- Who has a seat at a hearing ($1), an address, and was not reminded.
SELECT id FROM signup WHERE hearing = $1 AND state = 'confirmed' AND email <> '' AND reminded_at IS NULL ORDER BY id

-- name: signup_reminded
-- A person on a seat ($1) is reminded at $2; nothing changes when somebody else did it already.
UPDATE signup SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND state = 'confirmed'

-- name: signup_old
-- Sign-ups that still tell who it was, of hearings that ended before $1, and the end of the oldest one.
SELECT COUNT(*), MIN(h.ends_at) FROM signup s JOIN hearing h ON h.id = s.hearing WHERE s.shredded_at IS NULL AND h.ends_at < $1

-- name: signup_old_ids
-- The same, at most $2.
SELECT s.id FROM signup s JOIN hearing h ON h.id = s.hearing WHERE s.shredded_at IS NULL AND h.ends_at < $1 ORDER BY s.id LIMIT $2

-- name: signup_unconfirmed
-- Sign-ups that nobody confirmed and that came before $1, and the oldest one.
SELECT COUNT(*), MIN(registered_at) FROM signup WHERE state = 'unconfirmed' AND registered_at < $1

-- name: signup_unconfirmed_ids
-- The same, at most $2.
SELECT id FROM signup WHERE state = 'unconfirmed' AND registered_at < $1 ORDER BY id LIMIT $2

-- name: signup_shred
-- Nothing of a sign-up ($1) tells any more who it was; when it was and how it ended stays. $2 now.
UPDATE signup
   SET name = '', name_fold = '', name_sort = $3, organisation = '', organisation_fold = '', email = '', email_fold = '', phone = '', role = '', question = '',
       shredded_at = $2, version = version + 1
 WHERE id = $1

-- name: signup_of_person
-- Sign-ups that still tell who it was, of a folded address ($1).
SELECT id FROM signup WHERE email_fold = $1 AND email_fold <> '' AND shredded_at IS NULL ORDER BY id

-- name: signup_account_email
-- The address of an account ($1).
SELECT login FROM account WHERE id = $1
