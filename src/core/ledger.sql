-- Books of what is counted (ledger.h).

-- name: ledger_account_find
-- The account of a book ($1) with a name ($4) of an object ($2, $3).
SELECT id, floor FROM ledger_account WHERE book = $1 AND object = $2 AND object_id = $3 AND name = $4

-- name: ledger_account_add
-- An account.
INSERT INTO ledger_account (id, book, object, object_id, name, floor) VALUES ($1, $2, $3, $4, $5, $6)

-- name: ledger_account_state
-- Book, floor and present balance of an account ($1).
SELECT a.book, a.floor, CAST(COALESCE((SELECT SUM(p.amount) FROM ledger_posting p WHERE p.account = a.id), 0) AS BIGINT)
  FROM ledger_account a
 WHERE a.id = $1

-- name: ledger_entry_add
-- One move.
INSERT INTO ledger_entry (id, book, object, object_id, reason, account, at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: ledger_posting_add
-- One side of it.
INSERT INTO ledger_posting (entry, account, amount, at) VALUES ($1, $2, $3, $4)

-- name: ledger_sum
-- Balance of an account ($1).
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_posting WHERE account = $1

-- name: ledger_sum_at
-- Balance of an account ($1) at an instant ($2).
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_posting WHERE account = $1 AND at <= $2

-- name: ledger_sum_of
-- Balance of the account with a name ($4) of an object ($2, $3) in a book ($1).
SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
  FROM ledger_account a JOIN ledger_posting p ON p.account = a.id
 WHERE a.book = $1 AND a.object = $2 AND a.object_id = $3 AND a.name = $4

-- name: ledger_line_list
-- Postings of the accounts of an object ($2, $3) in a book ($1), the newest entry first, at most $4.
SELECT e.id, e.object, e.object_id, e.reason, e.account, e.at, a.name, p.amount
  FROM ledger_account a JOIN ledger_posting p ON p.account = a.id JOIN ledger_entry e ON e.id = p.entry
 WHERE a.book = $1 AND a.object = $2 AND a.object_id = $3
 ORDER BY e.id DESC, a.id
 LIMIT $4

-- name: ledger_counts
-- How many entries and accounts there are.
SELECT (SELECT COUNT(*) FROM ledger_entry), (SELECT COUNT(*) FROM ledger_account)

-- name: ledger_uneven
-- The first entry whose sides do not sum to nothing, or that has none.
SELECT e.id, CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
  FROM ledger_entry e LEFT JOIN ledger_posting p ON p.entry = e.id
 GROUP BY e.id
HAVING COUNT(p.entry) < 2 OR CAST(SUM(p.amount) AS BIGINT) <> 0
 ORDER BY e.id
 LIMIT 1

-- name: ledger_strange
-- The first entry with a side in another book, or at another instant than its own.
SELECT e.id
  FROM ledger_entry e JOIN ledger_posting p ON p.entry = e.id JOIN ledger_account a ON a.id = p.account
 WHERE a.book <> e.book OR p.at <> e.at
 ORDER BY e.id
 LIMIT 1

-- name: ledger_low
-- The first entry after which an account stood below its floor.
SELECT s.entry, a.book, a.object, a.object_id, a.name, s.balance
  FROM (SELECT entry, account, CAST(SUM(amount) OVER (PARTITION BY account ORDER BY entry) AS BIGINT) AS balance FROM ledger_posting) s
  JOIN ledger_account a ON a.id = s.account
 WHERE s.balance < a.floor
 ORDER BY s.entry, a.id
 LIMIT 1
