-- What the store is asked for metrics.

-- name: metrics_jobs
-- Jobs by state.
SELECT state, COUNT(*) FROM job GROUP BY state ORDER BY state

-- name: metrics_letters
-- Letters by state.
SELECT state, COUNT(*) FROM mail_letter GROUP BY state ORDER BY state

-- name: metrics_sessions
-- Sessions that hold at a moment ($1).
SELECT COUNT(*) FROM session WHERE ends_at > $1

-- name: metrics_trail
-- Number of the last record of the trail.
SELECT seq FROM trail_head
