-- Rounds of re-evaluation and reviews of lines.

-- name: review_reservations_open
-- Open reservations of a line ($1).
SELECT COUNT(*) FROM reservation WHERE line = $1 AND state = 'open'

-- name: reviews_open_of_line
-- Reviews of a line ($1) that are not decided yet.
SELECT COUNT(*) FROM network_review WHERE line = $1 AND state IN ('open', 'hearing', 'heard')

-- name: reviews_open_of_round
-- Reviews of a round ($1) that are not decided yet.
SELECT COUNT(*) FROM network_review WHERE round = $1 AND state IN ('open', 'hearing', 'heard')

-- name: reviews_in_state
-- How many reviews are in a state ($1).
SELECT COUNT(*) FROM network_review WHERE state = $1
