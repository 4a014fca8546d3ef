-- Requests of people about their own data.

-- name: person_state
-- Account $1 and whether its data are restricted.
SELECT a.login, a.name, r.since, r.reason, r.by_whom
  FROM account a LEFT JOIN person_restriction r ON r.account = a.id
 WHERE a.id = $1

-- name: person_restrict
-- Data of account $1 are restricted since a moment ($2) for a reason ($3), by somebody ($4).
INSERT INTO person_restriction (account, since, reason, by_whom) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account) DO UPDATE SET reason = excluded.reason, by_whom = excluded.by_whom

-- name: person_release
-- The restriction of account $1 ends.
DELETE FROM person_restriction WHERE account = $1

-- name: person_other_admins
-- Active accounts other than $1 that administer the application on a day ($2).
SELECT COUNT(DISTINCT a.id)
  FROM account a JOIN account_role r ON r.account = a.id
 WHERE a.state = 'active' AND a.id <> $1 AND r.role = 'ADM' AND r.first_day <= $2 AND (r.last_day IS NULL OR r.last_day >= $2)

-- name: person_is_admin
-- Roles of administrator that account $1 has on a day ($2).
SELECT COUNT(*) FROM account_role WHERE account = $1 AND role = 'ADM' AND first_day <= $2 AND (last_day IS NULL OR last_day >= $2)
