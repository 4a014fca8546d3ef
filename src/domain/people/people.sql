-- name: account_by_login
-- Account, state and password of a sign-in name ($1); the last column is NULL without a second factor.
SELECT a.id, a.state, p.encoded, t.confirmed_at
  FROM account a
  LEFT JOIN account_password p ON p.account = a.id
  LEFT JOIN account_totp t ON t.account = a.id
 WHERE a.login = $1

-- name: account_number
-- How many accounts there are.
SELECT COUNT(*) FROM account

-- name: account_signed_in
-- Note the moment ($2) of the last sign-in of an account ($1).
UPDATE account SET last_sign_in = $2 WHERE id = $1

-- name: account_of_session
-- The person behind a live session: who, for whom.
SELECT a.name, a.state, a.organisation, o.name, p.changed_at, p.must_change, t.confirmed_at
  FROM account a
  LEFT JOIN organisation o ON o.id = a.organisation
  LEFT JOIN account_password p ON p.account = a.id
  LEFT JOIN account_totp t ON t.account = a.id
 WHERE a.id = $1

-- name: grants_of
-- Roles of an account ($1) that hold on a day ($2).
SELECT role, scope_kind, scope_ref, last_day
  FROM account_role
 WHERE account = $1 AND first_day <= $2 AND (last_day IS NULL OR last_day >= $2)
 ORDER BY id

-- name: has_role
-- How many times an account ($1) holds a role ($2), whenever.
SELECT COUNT(*) FROM account_role WHERE account = $1 AND role = $2

-- name: password_put
-- Set the password ($2) of an account ($1) at a moment ($3).
INSERT INTO account_password (account, encoded, changed_at, must_change) VALUES ($1, $2, $3, 0)
    ON CONFLICT (account) DO UPDATE SET encoded = excluded.encoded, changed_at = excluded.changed_at, must_change = 0

-- name: password_rehash
-- The same password of an account ($1), hashed anew ($3), unless it was changed meanwhile ($2).
UPDATE account_password SET encoded = $3 WHERE account = $1 AND encoded = $2

-- name: password_must_change
-- The password of an account ($1) no longer meets the rules.
UPDATE account_password SET must_change = 1 WHERE account = $1 AND must_change = 0

-- name: session_add
-- A new session.
INSERT INTO session (id, token_sha256, form_key, account, signed_in_at, last_seen, ends_at, address, device, notice, proved_at, method, waits, roles)
VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, '', $5, $9, $10, $11)

-- name: session_renew
-- A new token ($2) of a session ($1) whose person proved to be there at a moment ($3).
UPDATE session SET token_sha256 = $2, proved_at = $3 WHERE id = $1

-- name: session_waiting
-- A session that waits for a code, by its token's digest ($1), at a moment ($2).
SELECT id, account FROM session WHERE token_sha256 = $1 AND waits = 1 AND ends_at > $2

-- name: session_by_token
-- The session of a token's digest ($1).
SELECT id, form_key, account, signed_in_at, last_seen, ends_at, notice, proved_at, method, waits, roles FROM session WHERE token_sha256 = $1

-- name: session_seen
-- Note that a session ($1) was used at a moment ($2).
UPDATE session SET last_seen = $2 WHERE id = $1

-- name: session_notice
-- Keep a sentence ($2) for the next page of a session ($1).
UPDATE session SET notice = $2 WHERE id = $1

-- name: session_end
-- End one session ($2) of an account ($1).
DELETE FROM session WHERE account = $1 AND id = $2

-- name: session_end_others
-- End all sessions of an account ($1) but one ($2).
DELETE FROM session WHERE account = $1 AND id <> $2

-- name: session_account
-- Whose session it is.
SELECT account FROM session WHERE id = $1

-- name: session_list
-- Sessions of an account ($1) that have not run out at a moment ($2) and were used since another ($3), newest first.
SELECT id, signed_in_at, last_seen, address, device
  FROM session
 WHERE account = $1 AND ends_at > $2 AND last_seen > $3 AND waits = 0
 ORDER BY last_seen DESC, id DESC

-- name: session_sweep
-- Remove sessions that ran out before a moment ($1).
DELETE FROM session WHERE ends_at < $1

-- name: link_add
-- A one-time link for a purpose ($2), of an account ($6, NULL = nobody yet) and its organisation ($7), with what the purpose needs ($8).
INSERT INTO one_time_link (id, purpose, token_sha256, made_at, ends_at, used_at, account, organisation, detail)
VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, $8)

-- name: link_forget
-- Earlier links of a purpose ($1) of an account ($2, NULL = of nobody) stop working.
DELETE FROM one_time_link WHERE purpose = $1 AND account IS NOT DISTINCT FROM CAST($2 AS BIGINT) AND used_at IS NULL

-- name: link_find
-- An unused link of a purpose ($1) by the digest of its token ($2) that holds at a moment ($3) for the organisation that the account still has.
SELECT l.id, l.account, l.detail
  FROM one_time_link l
  LEFT JOIN account a ON a.id = l.account
 WHERE l.purpose = $1 AND l.token_sha256 = $2 AND l.used_at IS NULL AND l.ends_at > $3
   AND l.organisation IS NOT DISTINCT FROM a.organisation

-- name: link_use
-- Use a link ($1) up at a moment ($2); touches no row when somebody was faster.
UPDATE one_time_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL

-- name: link_last
-- When the newest unused link of a purpose ($1) of an account ($2) was made and until when it holds.
SELECT made_at, ends_at FROM one_time_link WHERE purpose = $1 AND account = $2 AND used_at IS NULL ORDER BY id DESC LIMIT 1

-- name: link_sweep
-- Links that ran out before a moment ($1) go.
DELETE FROM one_time_link WHERE ends_at < $1

-- name: attempt_get
-- Tokens left in a bucket ($1), when that was counted, failures in a row, and until when there is a delay.
SELECT tokens, updated_ms, failures, until_ms FROM attempt WHERE bucket = $1

-- name: attempt_put
-- Store the state of a bucket.
INSERT INTO attempt (bucket, tokens, updated_ms, failures, until_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bucket) DO UPDATE SET tokens = excluded.tokens, updated_ms = excluded.updated_ms, failures = excluded.failures, until_ms = excluded.until_ms

-- name: demo_accounts
-- Sign-in names and roles of all accounts, for the demo's printed list.
SELECT a.login, a.name, r.role FROM account a JOIN account_role r ON r.account = a.id ORDER BY a.id, r.id

-- name: password_get
-- The encoded password of an account ($1).
SELECT encoded FROM account_password WHERE account = $1

-- name: account_for_mail
-- Where an active account ($1) gets its letters, and its name. Whose data are restricted gets none of what the program would tell by itself.
SELECT login, name FROM account WHERE id = $1 AND state = 'active' AND restricted = 0

-- name: account_restrict
-- Processing of the data of account $1 is restricted ($2 = 1) or not.
UPDATE account SET restricted = $2, version = version + 1 WHERE id = $1

-- name: account_is_restricted
-- Whether processing of the data of account $1 is restricted.
SELECT restricted FROM account WHERE id = $1

-- name: role_holders
-- Active accounts that hold a role ($1, '' = any) on a day ($2) in a scope ($3, '' = whatever) of a record ($4, 0 = whatever).
SELECT DISTINCT r.account
  FROM account_role r
  JOIN account a ON a.id = r.account
 WHERE ($1 = '' OR r.role = $1) AND r.first_day <= $2 AND (r.last_day IS NULL OR r.last_day >= $2) AND a.state = 'active'
   AND ($3 = '' OR r.scope_kind = $3) AND ($4 = 0 OR r.scope_ref = $4)
 ORDER BY r.account

-- name: organisation_of_ref
-- The organisation of a kind ($1) that stands for a record ($2) of the register or of territory.
SELECT id FROM organisation WHERE kind = $1 AND ref = $2 ORDER BY id LIMIT 1

-- name: account_acts_for
-- The kind, record and number of the organisation of an account ($1).
SELECT o.kind, o.ref, o.id FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1

-- name: role_place_name
-- Whom a scope ($1) of a record ($2) is: the organisation that stands for it; none for a district.
SELECT name FROM organisation WHERE kind = $1 AND (ref = $2 OR (kind = 'body' AND id = $2)) ORDER BY id

-- name: colleague_ids
-- Accounts of people of an organisation ($1).
SELECT id FROM account WHERE organisation = $1 ORDER BY name_sort, id

-- name: role_ids_of
-- Roles of an account ($1), whenever they hold.
SELECT id FROM account_role WHERE account = $1 ORDER BY first_day, id

-- name: account_names
-- The sign-in name and the name of an account ($1).
SELECT login, name FROM account WHERE id = $1

-- name: account_kind
-- What kind of account ($1) it is.
SELECT kind FROM account WHERE id = $1

-- name: account_state_set
-- A state ($2) of an account ($1).
UPDATE account SET state = $2, version = version + 1 WHERE id = $1

-- name: account_organisation
-- The organisation of an account ($1), NULL when it has none.
SELECT organisation FROM account WHERE id = $1

-- name: device_count
-- How many devices an account ($1) has signed in from.
SELECT COUNT(*) FROM known_device WHERE account = $1

-- name: device_seen
-- A device ($2) of an account ($1) was seen at a moment ($3).
UPDATE known_device SET last_seen = $3 WHERE account = $1 AND digest = $2

-- name: device_add
-- A device ($2) of an account ($1), first seen at a moment ($3).
INSERT INTO known_device (account, digest, first_seen, last_seen) VALUES ($1, $2, $3, $3)

-- name: account_of_link
-- Name and organisation of an account ($1) in a state ($2).
SELECT a.login, a.name, o.name
  FROM account a
  LEFT JOIN organisation o ON o.id = a.organisation
 WHERE a.id = $1 AND a.state = $2

-- name: account_to_reset
-- An active account that signs in by a password, by its sign-in name ($1).
SELECT a.id, a.name
  FROM account a
  JOIN account_password p ON p.account = a.id
 WHERE a.login = $1 AND a.state = 'active'

-- name: session_follow_roles
-- The token ($3) of a session ($1) changes with the roles (from $2 to $4); touches no row when another request was faster.
UPDATE session SET token_sha256 = $3, roles = $4 WHERE id = $1 AND roles = $2
