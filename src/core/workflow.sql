-- Steps of the machines (workflow.h).

-- name: workflow_step_add
-- A step.
INSERT INTO workflow_step (id, machine, object_id, action, state_before, state_after, at, account, actor, organisation, reason, resolution, waived, due_at,
                           due_why, is_last)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)

-- name: workflow_step_pass
-- The last step of an object ($2) of a machine ($1) is the last no more.
UPDATE workflow_step SET is_last = 0 WHERE machine = $1 AND object_id = $2 AND is_last = 1

-- name: workflow_step_last
-- The last step of an object ($2) of a machine ($1): since when it is in its state, and until when it should be.
SELECT at, due_at, due_why, state_after FROM workflow_step WHERE machine = $1 AND object_id = $2 AND is_last = 1

-- name: workflow_step_due_set
-- Another deadline ($3, how it came about $4) of the state in which an object ($2) of a machine ($1) stands.
UPDATE workflow_step SET due_at = $3, due_why = $4 WHERE machine = $1 AND object_id = $2 AND is_last = 1

-- name: workflow_step_list
-- All steps of an object ($2) of a machine ($1), oldest first.
SELECT id, machine, object_id, action, state_before, state_after, at, account, actor, organisation, reason, resolution, waived, due_at, due_why
  FROM workflow_step
 WHERE machine = $1 AND object_id = $2
 ORDER BY id

-- name: workflow_step_since
-- Steps of all machines after an instant ($1), newest first, at most $2.
SELECT id, machine, object_id, action, state_before, state_after, at, account, actor, organisation, reason, resolution, waived, due_at, due_why
  FROM workflow_step
 WHERE at > $1
 ORDER BY at DESC, id DESC
 LIMIT $2

-- name: workflow_step_due
-- Objects of a machine ($1) that stand in a state ($2) whose deadline has passed at an instant ($3), the oldest first, at most $4.
SELECT object_id
  FROM workflow_step
 WHERE machine = $1 AND state_after = $2 AND is_last = 1 AND due_at <= $3
 ORDER BY due_at, id
 LIMIT $4
