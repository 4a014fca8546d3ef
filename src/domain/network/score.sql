-- What points are computed from, and the order of applications.

-- name: score_needs
-- Needs that somebody has agreed on for a year ($1) or an earlier one, with a card of the plan that answers them, if there is one.
SELECT n.id, n.title, n.district, n.kind, n.target_group, n.state, n.rank_district, n.rank_region,
       (SELECT MIN(k.object_name) FROM need_link k WHERE k.need = n.id AND k.object = 'activity_card')
  FROM need n
 WHERE n.year <= $1 AND n.state IN ('agreed_group', 'agreed_steering', 'accepted', 'unanswered')
 ORDER BY n.id

-- name: application_cells
-- What was known of an application ($1) when its statements were closed.
SELECT input, state, type, value, source, link FROM application_cell WHERE application = $1 ORDER BY input

-- name: application_cell_clear
-- Nothing is kept of an application ($1): its statements are open again.
DELETE FROM application_cell WHERE application = $1

-- name: application_cell_put
-- One input of an application.
INSERT INTO application_cell (application, input, state, type, value, source, link) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: application_included_for
-- Applications that the assembly took in, of calls for a year ($1).
SELECT a.id
  FROM network_application a
  JOIN call k ON k.id = a.call
 WHERE k.target_year = $1 AND a.state = 'included'
 ORDER BY a.id
