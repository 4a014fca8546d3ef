-- Money of the network by years.

-- name: network_means_of_year
-- What is written down for a year ($1).
SELECT id FROM network_means WHERE year = $1
