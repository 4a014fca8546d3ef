-- Merging of doubled providers and services.

-- name: merge_services_into
-- How many services were merged into service $1, as we believe now.
-- all versions: recorded_to IS NULL is what is believed now, and a merged record holds on no day
SELECT COUNT(DISTINCT id) FROM service WHERE merged_into = $1 AND recorded_to IS NULL AND id <> $1

-- name: merge_providers_into
-- How many providers were merged into provider $1, as we believe now.
-- all versions: recorded_to IS NULL is what is believed now, and a merged record holds on no day
SELECT COUNT(DISTINCT id) FROM provider WHERE merged_into = $1 AND recorded_to IS NULL AND id <> $1

-- name: merge_suggestions
-- Suggestions about service $1 now belong to service $2.
UPDATE register_suggestion SET service = $2, version = version + 1 WHERE service = $1

-- name: merge_suggestions_own
-- Those about the service itself, no part, are about service $2.
UPDATE register_suggestion SET object_id = $2 WHERE object = 'service' AND object_id = $1

-- name: merge_suggestion_count
-- All suggestions about service $1.
SELECT COUNT(*) FROM register_suggestion WHERE service = $1

-- name: merge_roles
-- Roles held for provider $1, with the names of their accounts.
SELECT r.id, a.name, r.role
  FROM account_role r
  JOIN account a ON a.id = r.account
 WHERE r.scope_kind = 'provider' AND r.scope_ref = $1
 ORDER BY r.id

-- name: merge_role
-- Role $1 is now held for provider $2.
UPDATE account_role SET scope_ref = $2, version = version + 1 WHERE id = $1

-- name: merge_organisations
-- Organisations that stand for provider $1.
SELECT id, name FROM organisation WHERE kind = 'provider' AND ref = $1 ORDER BY id

-- name: merge_organisation
-- Organisation $1 now stands for provider $2.
UPDATE organisation SET ref = $2, version = version + 1 WHERE id = $1

-- name: merge_register_service
-- What the national register says about service $1 is passed over from now on: a mark ($2) stands where the digest was.
UPDATE register_source SET digest = $2 WHERE kind = 'service' AND object_id = $1

-- name: merge_register_provider
-- The same of provider $1; its services of the register are those of provider $2 now, the mark is $3.
UPDATE register_source SET digest = $3, object_id = $2 WHERE kind = 'provider' AND object_id = $1
