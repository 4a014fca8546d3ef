-- What is known about one account, and how it becomes nobody.

-- name: privacy_account
-- Account $1 with its organisation.
SELECT a.login, a.name, o.name, a.state, a.last_sign_in, a.kind
  FROM account a LEFT JOIN organisation o ON o.id = a.organisation
 WHERE a.id = $1

-- name: privacy_roles
-- Roles of account $1, past ones too.
SELECT role, scope_kind, scope_ref, first_day, last_day FROM account_role WHERE account = $1 ORDER BY id

-- name: privacy_sessions
-- Sessions of account $1.
SELECT signed_in_at, last_seen, ends_at, address, device FROM session WHERE account = $1 ORDER BY id

-- name: privacy_devices
-- Devices from which account $1 has signed in; only a digest of each is kept.
SELECT first_seen, last_seen FROM known_device WHERE account = $1 ORDER BY first_seen

-- name: privacy_account_erase
-- Account $1 keeps its number; name ($2, with $3 for order and $4 folded) and sign-in name ($5) say nothing of anybody.
UPDATE account SET name = $2, name_sort = $3, name_fold = $4, login = $5, login_fold = $5, state = 'ended', last_sign_in = NULL, version = version + 1
 WHERE id = $1

-- name: privacy_password_erase
-- The password of account $1 goes.
DELETE FROM account_password WHERE account = $1

-- name: privacy_totp_erase
-- The second factor of account $1 goes.
DELETE FROM account_totp WHERE account = $1

-- name: privacy_codes_erase
-- Recovery codes of account $1 go.
DELETE FROM recovery_code WHERE account = $1

-- name: privacy_devices_erase
-- Devices of account $1 go.
DELETE FROM known_device WHERE account = $1

-- name: privacy_sessions_erase
-- Sessions of account $1 end.
DELETE FROM session WHERE account = $1

-- name: privacy_roles_end
-- Roles of account $1 end on a day ($2); those that would begin later never do.
UPDATE account_role SET last_day = CASE WHEN first_day > $2 THEN first_day ELSE $2 END, version = version + 1
 WHERE account = $1 AND (last_day IS NULL OR last_day > $2)

-- name: privacy_old_sessions
-- Sessions that ended before a moment ($1); those of people whose data are restricted stay.
SELECT COUNT(*), MIN(ends_at) FROM session WHERE ends_at < $1 AND account NOT IN (SELECT id FROM account WHERE restricted = 1)

-- name: privacy_old_sessions_remove
-- They go.
DELETE FROM session WHERE ends_at < $1 AND account NOT IN (SELECT id FROM account WHERE restricted = 1)

-- name: privacy_old_devices
-- Devices that nobody has used since a moment ($1); those of people whose data are restricted stay.
SELECT COUNT(*), MIN(last_seen) FROM known_device WHERE last_seen < $1 AND account NOT IN (SELECT id FROM account WHERE restricted = 1)

-- name: privacy_old_devices_remove
-- They go; the next sign-in from one of them is told about.
DELETE FROM known_device WHERE last_seen < $1 AND account NOT IN (SELECT id FROM account WHERE restricted = 1)
