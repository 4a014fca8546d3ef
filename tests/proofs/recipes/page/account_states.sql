-- name: account_states
-- How many accounts there are in each state that occurs.
SELECT state, COUNT(*) AS accounts
  FROM account
 GROUP BY state
 ORDER BY state
