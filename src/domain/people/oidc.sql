-- name: identity_find
-- The account of a subject ($2) of an issuer ($1).
SELECT account FROM account_identity WHERE issuer = $1 AND subject = $2

-- name: identity_add
-- An account ($2) signs in as a subject ($4) of an issuer ($3) from a moment ($5) on.
INSERT INTO account_identity (id, account, issuer, subject, made_at, last_used) VALUES ($1, $2, $3, $4, $5, $5)

-- name: identity_used
-- A subject ($2) of an issuer ($1) signed in at a moment ($3).
UPDATE account_identity SET last_used = $3 WHERE issuer = $1 AND subject = $2

-- name: identity_count
-- At how many providers an account ($1) is known.
SELECT COUNT(*) FROM account_identity WHERE account = $1

-- name: identity_forget
-- An account ($1) signs in at no provider any more.
DELETE FROM account_identity WHERE account = $1

-- name: oidc_state_use
-- A state ($1) came back; the statement fails when it did so before. Kept until a moment ($2).
INSERT INTO oidc_used (state_sha256, ends_at) VALUES ($1, $2)

-- name: oidc_state_sweep
-- States that nobody could bring back any more at a moment ($1) go.
DELETE FROM oidc_used WHERE ends_at < $1
