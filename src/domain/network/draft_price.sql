-- What the rules give for lines of versions.

-- name: line_prices_of_version
-- What is kept for a version ($1), shorter numbers first.
SELECT id FROM line_price WHERE by_version = $1 ORDER BY LENGTH(number), number, id

-- name: line_prices_of_line
-- What is kept for a line of the network ($1), the newest first.
SELECT id FROM line_price WHERE line = $1 ORDER BY year DESC, id DESC
