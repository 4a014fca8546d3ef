-- What the checks count.

-- name: check_newest_record
-- The moment of the last record of the trail.
SELECT at FROM trail ORDER BY seq DESC LIMIT 1

-- name: check_admins
-- Active accounts that administer the application on a day ($1).
SELECT COUNT(DISTINCT a.id)
  FROM account a JOIN account_role r ON r.account = a.id
 WHERE a.state = 'active' AND r.role = 'ADM' AND r.first_day <= $1 AND (r.last_day IS NULL OR r.last_day >= $1)

-- name: check_no_role
-- Active accounts without a role on a day ($1).
SELECT a.login
  FROM account a
 WHERE a.state = 'active'
   AND NOT EXISTS (SELECT 1 FROM account_role r
                    WHERE r.account = a.id AND r.first_day <= $1 AND (r.last_day IS NULL OR r.last_day >= $1))
 ORDER BY a.login

-- name: check_never
-- Active accounts that have never signed in although they have had a role since before a day ($1).
SELECT a.login
  FROM account a
 WHERE a.state = 'active' AND a.last_sign_in IS NULL AND EXISTS (SELECT 1 FROM account_role r WHERE r.account = a.id AND r.first_day < $1)
 ORDER BY a.login

-- name: check_away
-- Active accounts that signed in last before a moment ($1).
SELECT login FROM account WHERE state = 'active' AND last_sign_in < $1 ORDER BY last_sign_in

-- name: check_ending
-- People whose role ends between two days ($1, $2) and who have none behind it.
SELECT DISTINCT a.login
  FROM account a JOIN account_role r ON r.account = a.id
 WHERE a.state = 'active' AND r.last_day >= $1 AND r.last_day <= $2
   AND NOT EXISTS (SELECT 1 FROM account_role o
                    WHERE o.account = a.id AND o.role = r.role AND o.first_day <= $2 AND (o.last_day IS NULL OR o.last_day > $2))
 ORDER BY a.login

-- name: check_demo_accounts
-- Accounts of the demo.
SELECT login FROM account WHERE state = 'active' AND login LIKE '%@demo.invalid' ORDER BY login

-- name: check_failed_jobs
-- Jobs that failed since a moment ($1).
SELECT title FROM job WHERE state = 'failed' AND ended >= $1 ORDER BY ended DESC

-- name: check_waiting_jobs
-- Jobs that have waited since before a moment ($1).
SELECT title FROM job WHERE state = 'queued' AND created < $1 ORDER BY created

-- name: check_contents
-- Contents of files.
SELECT sha256, MAX(size) FROM stored_file GROUP BY sha256 ORDER BY sha256

-- name: check_lost_successors
-- Items that were replaced by a code that their list does not have.
-- all versions: every span of days is asked about, of what is believed now
SELECT i.list || ' ' || i.code
  FROM code_item i
 WHERE i.recorded_to IS NULL AND i.replaced_by <> ''
   AND NOT EXISTS (SELECT 1 FROM code_item s WHERE s.list = i.list AND s.code = i.replaced_by AND s.recorded_to IS NULL)
 ORDER BY i.list, i.code

-- name: check_doubled_codes
-- Codes that two items of one list hold on the same day.
-- all versions: every span of days is asked about, of what is believed now
SELECT DISTINCT x.list || ' ' || x.code
  FROM code_item x JOIN code_item y ON y.list = x.list AND y.code = x.code AND y.id > x.id
 WHERE x.recorded_to IS NULL AND y.recorded_to IS NULL
   AND x.valid_from <= COALESCE(y.valid_to, '9999-12-31') AND y.valid_from <= COALESCE(x.valid_to, '9999-12-31')
 ORDER BY 1

-- name: check_without_second
-- Roles of active accounts on a day ($1) that have no confirmed second factor; technical accounts have keys.
SELECT a.login, r.role
  FROM account a JOIN account_role r ON r.account = a.id
 WHERE a.state = 'active' AND a.kind = 'person' AND r.first_day <= $1 AND (r.last_day IS NULL OR r.last_day >= $1)
   AND NOT EXISTS (SELECT 1 FROM account_totp t WHERE t.account = a.id AND t.confirmed_at IS NOT NULL)
 ORDER BY a.login, r.role
