-- Calls, applications, statements, sheets.

-- name: call_all
-- All calls, the latest end first.
SELECT id FROM call ORDER BY closes_at DESC, id DESC

-- name: call_target_list
-- What a call ($1) is limited to.
SELECT object, object_id FROM call_target WHERE call = $1 ORDER BY object, object_id

-- name: call_target_clear
-- A call ($1) is limited to nothing.
DELETE FROM call_target WHERE call = $1

-- name: call_target_put
-- A call is limited to one more district or need.
INSERT INTO call_target (call, object, object_id) VALUES ($1, $2, $3)

-- name: application_of_call
-- Applications of a call ($1).
SELECT id FROM network_application WHERE call = $1 ORDER BY id

-- name: application_same
-- Is there one in a call ($1) of the same type ($2) for the same service ($3), that was not withdrawn? Intentions without a service are not the same.
SELECT COUNT(*) FROM network_application WHERE call = $1 AND type = $2 AND service = CAST($3 AS BIGINT) AND state <> 'withdrawn'

-- name: application_undecided
-- How many submitted applications of a call ($1) wait for a decision.
SELECT COUNT(*) FROM network_application WHERE call = $1 AND state IN ('submitted', 'checked', 'stated', 'scored', 'proposed')

-- name: application_windows
-- Submissions of applications to a call ($1) that its end still matters to: they can be submitted, or taken back.
SELECT submission FROM network_application WHERE call = $1 AND state IN ('draft', 'submitted') AND submission IS NOT NULL

-- name: statement_waiting
-- Statements on applications to a call ($1) that can still come or be replaced.
SELECT s.id
  FROM municipal_statement s
  JOIN network_application a ON a.id = s.application
 WHERE a.call = $1 AND s.state IN ('requested', 'signed', 'delivered', 'paused')

-- name: statement_of
-- Statements on an application ($1).
SELECT id FROM municipal_statement WHERE application = $1 ORDER BY share DESC, id

-- name: sheet_of
-- Sheets of an application ($1).
SELECT id FROM score_sheet WHERE application = $1 ORDER BY turn, id

-- name: sheet_items
-- What stands on a sheet ($1).
SELECT criterion, points, computed, how, reason FROM score_item WHERE sheet = $1 ORDER BY criterion

-- name: sheet_item_drop
-- One line ($2) of a sheet ($1), before it is written anew.
DELETE FROM score_item WHERE sheet = $1 AND criterion = $2

-- name: sheet_item_put
-- One line of a sheet.
INSERT INTO score_item (sheet, criterion, points, computed, how, reason) VALUES ($1, $2, $3, $4, $5, $6)

-- name: reviewers
-- People who hold the role of a reviewer on a day ($1).
SELECT DISTINCT a.id, a.name
  FROM account a
  JOIN account_role r ON r.account = a.id AND r.role = 'HOD' AND r.first_day <= $1 AND (r.last_day IS NULL OR r.last_day >= $1)
 WHERE a.state IN ('active', 'invited')
 ORDER BY a.name, a.id

-- name: reviewer_ties
-- Organisations and territories that an account ($1) acts for: those of its roles and its own organisation, as kind and record.
SELECT r.scope_kind, r.scope_ref FROM account_role r WHERE r.account = $1 AND r.scope_ref IS NOT NULL
UNION ALL
SELECT o.kind, o.ref FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1 AND o.ref IS NOT NULL

-- name: application_owners
-- Accounts that apply in a call ($1).
SELECT DISTINCT owner FROM network_application WHERE call = $1 AND owner <> 0 AND state <> 'withdrawn' ORDER BY owner

-- name: application_last
-- The form that a provider ($1) submitted last for a service ($2), apart from an application ($3); 0 when there is none.
SELECT COALESCE(MAX(a.submission), 0) FROM network_application a JOIN submission s ON s.id = a.submission
 WHERE a.provider = $1 AND a.service = $2 AND a.id <> $3 AND s.number <> ''
