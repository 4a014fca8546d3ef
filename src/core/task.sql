-- Tasks and visits (task.h).

-- name: task_find
-- The open task of a kind ($1) about an object ($2, $3) for an account ($4) or a role ($5) over a place ($6).
SELECT id FROM task WHERE kind = $1 AND object = $2 AND object_id = $3 AND account = $4 AND role = $5 AND ref = $6 AND closed_at IS NULL

-- name: task_add
-- A task.
INSERT INTO task (id, kind, title, why, object, object_id, link, button, account, role, ref, due_at, due_why, opened_at, closed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL)

-- name: task_change
-- New words and deadline of a task ($1).
UPDATE task SET title = $2, why = $3, link = $4, button = $5, due_at = $6, due_why = $7 WHERE id = $1

-- name: task_close
-- Close the open tasks of a kind ($1, '' = any) about an object ($2, $3) at an instant ($4).
UPDATE task SET closed_at = $4 WHERE object = $2 AND object_id = $3 AND (kind = $1 OR $1 = '') AND closed_at IS NULL

-- name: task_of_account
-- Open tasks of an account ($1), the nearest deadline first, at most $2.
SELECT id, kind, title, why, object, object_id, link, button, account, role, ref, due_at, due_why, opened_at
  FROM task
 WHERE account = $1 AND closed_at IS NULL
 ORDER BY due_at NULLS LAST, id
 LIMIT $2

-- name: task_of_role
-- Open tasks of a role ($1) over a place ($2), the nearest deadline first, at most $3.
SELECT id, kind, title, why, object, object_id, link, button, account, role, ref, due_at, due_why, opened_at
  FROM task
 WHERE account = 0 AND role = $1 AND ref = $2 AND closed_at IS NULL
 ORDER BY due_at NULLS LAST, id
 LIMIT $3

-- name: task_due
-- Open tasks with a deadline between two instants ($1, $2).
SELECT id, kind, title, why, object, object_id, link, button, account, role, ref, due_at, due_why, opened_at
  FROM task
 WHERE closed_at IS NULL AND due_at >= $1 AND due_at <= $2
 ORDER BY due_at, id

-- name: task_reminder_put
-- Once per task ($1, $2, $3), account ($4), deadline ($5) and line of the plan ($6).
INSERT INTO task_reminder (kind, object, object_id, account, deadline, rule, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING

-- name: visit_get
-- When an account ($1) was here last, and before that visit.
SELECT last_at, before_at FROM account_visit WHERE account = $1

-- name: visit_put
-- An account ($1) is here at an instant ($2); its visit before ended at $3.
INSERT INTO account_visit (account, last_at, before_at) VALUES ($1, $2, $3)
    ON CONFLICT (account) DO UPDATE SET last_at = excluded.last_at, before_at = excluded.before_at
