-- Reservations.

-- name: reservation_open_of
-- Another open reservation of a line ($1) than this one ($2).
SELECT COUNT(*) FROM reservation WHERE line = $1 AND id <> $2 AND state = 'open'
