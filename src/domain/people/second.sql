-- name: totp_get
-- The second factor of an account ($1).
SELECT sealed, offered, confirmed_at, last_step FROM account_totp WHERE account = $1

-- name: totp_offer
-- A new sealed seed ($2) is offered to an account ($1) at a moment ($3); one that is in use stays until a code of the new one is right.
INSERT INTO account_totp (account, sealed, confirmed_at, last_step, offered, offered_at) VALUES ($1, NULL, NULL, 0, $2, $3)
    ON CONFLICT (account) DO UPDATE SET offered = excluded.offered, offered_at = excluded.offered_at

-- name: totp_confirm
-- The offered seed ($4) of an account ($1) becomes the one in use at a moment ($2); the code of a step ($3) was used for that.
UPDATE account_totp SET sealed = offered, confirmed_at = $2, last_step = $3, offered = NULL, offered_at = NULL WHERE account = $1 AND offered = $4

-- name: totp_step
-- A code of a step ($2) of an account ($1) is used up; touches no row when it was already.
UPDATE account_totp SET last_step = $2 WHERE account = $1 AND last_step < $2 AND confirmed_at IS NOT NULL

-- name: totp_remove
-- An account ($1) has no second factor any more.
DELETE FROM account_totp WHERE account = $1

-- name: totp_all
-- Every seed, for a change of the key.
SELECT account, sealed, offered FROM account_totp ORDER BY account

-- name: totp_reseal
-- The seeds of an account ($1), sealed by another key ($2, $3).
UPDATE account_totp SET sealed = $2, offered = $3 WHERE account = $1

-- name: recovery_forget
-- All recovery codes of an account ($1) go.
DELETE FROM recovery_code WHERE account = $1

-- name: recovery_add
-- A recovery code's digest ($3) of an account ($2).
INSERT INTO recovery_code (id, account, code_sha256, used_at) VALUES ($1, $2, $3, NULL)

-- name: recovery_use
-- Use a recovery code ($2) of an account ($1) up at a moment ($3); touches no row when there is none, or somebody was faster.
UPDATE recovery_code SET used_at = $3 WHERE account = $1 AND code_sha256 = $2 AND used_at IS NULL

-- name: recovery_left
-- How many recovery codes of an account ($1) are left.
SELECT COUNT(*) FROM recovery_code WHERE account = $1 AND used_at IS NULL
