-- Drafts of versions of a network.

-- name: draft_open_of
-- The version of a network ($1) that is being written or on its way.
SELECT id FROM network_version WHERE network = $1 AND state IN ('draft', 'in_route') ORDER BY id LIMIT 1

-- name: draft_of_version
-- The draft of a version ($1).
SELECT id FROM network_draft WHERE by_version = $1

-- name: draft_line_ids
-- Lines of the working copy of a version ($1).
SELECT id FROM draft_line WHERE by_version = $1 ORDER BY number_sort, id

-- name: draft_proposals_open
-- How many proposals of a version ($1) wait.
SELECT COUNT(*) FROM draft_proposal WHERE by_version = $1 AND state = 'open'

-- name: draft_lines_of_network
-- all versions: whoever was ever in the network may come back; which of the lines stand on the day is asked of each of them.
-- Every line that a network ($1) ever had.
SELECT DISTINCT id FROM network_line WHERE network = $1 ORDER BY id

-- name: draft_number_taken
-- all versions: a number belongs to its line on every day that is still to come, also to one that has left the network.
-- Other lines than this one ($2) that have a number ($1) on a day ($3) or later.
SELECT COUNT(*) FROM network_line WHERE number = $1 AND id <> $2 AND recorded_to IS NULL AND (valid_to IS NULL OR valid_to >= $3)

-- name: draft_exclusions_blank
-- What a version ($1) does not include without saying why.
SELECT COUNT(*) FROM network_exclusion WHERE by_version = $1 AND (text = '' OR reason = '')

-- name: draft_numbers
-- all versions: a number belongs to its line for ever, whatever was believed of it later.
-- Numbers that lines of a network ($1) have or had, and those of a draft ($2).
SELECT number FROM network_line WHERE network = $1
 UNION
SELECT number FROM draft_line WHERE by_version = $2

-- name: application_line_of
-- Where an application ($1) was put.
SELECT id FROM application_line WHERE application = $1

-- name: application_lines_of_version
-- Applications that were put into a version ($1).
SELECT id FROM application_line WHERE by_version = $1 ORDER BY id

-- name: application_lines_of_draft_line
-- Applications that a line of a draft ($1) comes from.
SELECT id FROM application_line WHERE draft_line = $1 ORDER BY id

-- name: draft_lines_of_origin
-- Copies of a line of the network ($1) in drafts.
SELECT id FROM draft_line WHERE origin = $1 ORDER BY id
