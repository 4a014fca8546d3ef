-- name: free_days
-- Every day that differs from the law, the later written last.
SELECT day, works, name FROM free_day ORDER BY id

-- name: calendar_years
-- Years that have windows.
SELECT DISTINCT year FROM calendar_window ORDER BY year

-- name: window_exception_newest
-- The exception that holds for a respondent ($2, $3) of a window ($1).
SELECT closes_at, wording, why, reason FROM window_exception
 WHERE calendar_window = $1 AND scope_kind = $2 AND scope_ref = $3
 ORDER BY id DESC LIMIT 1

-- name: window_exceptions_of
-- All exceptions of a window ($1), oldest first: the last one of a respondent holds.
SELECT scope_kind, scope_ref, closes_at FROM window_exception WHERE calendar_window = $1 ORDER BY id

-- name: reminder_people
-- Roles that active accounts hold on a day ($1).
SELECT a.id, r.role, r.scope_kind, r.scope_ref
  FROM account_role r
  JOIN account a ON a.id = r.account AND a.state = 'active'
 WHERE r.first_day <= $1 AND (r.last_day IS NULL OR r.last_day >= $1)
 ORDER BY a.id, r.id

-- name: reminder_put
-- Once per window ($1), account ($2), deadline ($3) and line of the plan ($4).
INSERT INTO window_reminder (calendar_window, account, deadline, rule, sent_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING

-- name: window_template_known
-- Was there ever a template with this code ($1)?
-- all versions: a template that the region ended must not come back with the next version of the program
SELECT COUNT(*) FROM window_template WHERE code = $1
