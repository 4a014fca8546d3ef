-- The trail, what hangs on it, and the journal.

-- name: trail_head
-- Number and hash of the last record.
SELECT seq, hash FROM trail_head WHERE id = 1

-- name: trail_head_set
-- The last record is number $1 with hash $2.
UPDATE trail_head SET seq = $1, hash = $2 WHERE id = 1

-- name: trail_append
-- One record, in the order of its columns.
INSERT INTO trail (seq, at, account, who, role, organisation, action, object, object_id, text, reason, changes, format, prev_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: trail_after
-- At most $2 records after number $1, oldest first, with all that the chain covers.
SELECT seq, at, account, who, role, organisation, action, object, object_id, text, reason, changes, format, prev_hash, hash
  FROM trail
 WHERE seq > $1
 ORDER BY seq
 LIMIT $2

-- name: trail_of_object
-- Records about object $1 number $2 before number $3, newest first, at most $4, with the actor unless erased.
SELECT t.seq, t.at, t.account, COALESCE(p.name, ''), t.role, t.organisation, COALESCE(p.address, ''), t.action, t.text, t.reason, t.changes
  FROM trail t
  LEFT JOIN trail_person p ON p.digest = t.who
 WHERE t.object = $1 AND t.object_id = $2 AND t.seq < $3
 ORDER BY t.seq DESC
 LIMIT $4

-- name: trail_person_digest
-- Digest of account $1 in month $2 with name $3 and address $4, when it was noted already.
SELECT digest FROM trail_person WHERE account = $1 AND month = $2 AND name = $3 AND address = $4

-- name: trail_person_add
-- Note name $4 and address $5 of account $2 in month $3 under digest $1 made with salt $6.
INSERT INTO trail_person (digest, account, month, name, address, salt) VALUES ($1, $2, $3, $4, $5, $6)

-- name: trail_person_all
-- Every name and address that was not erased, to recompute its digest.
SELECT digest, month, name, address, salt FROM trail_person

-- name: trail_person_first
-- The first record that refers to digest $1.
SELECT MIN(seq) FROM trail WHERE who = $1

-- name: trail_person_erase
-- Forget names and addresses of months before $1, of account $2 or of everybody (0).
DELETE FROM trail_person WHERE month < $1 AND (account = $2 OR $2 = 0)

-- name: trail_value_add
-- Personal values $3 and $4 of change $2 in record $1, digested with salt $5.
INSERT INTO trail_value (seq, place, value_before, value_after, salt) VALUES ($1, $2, $3, $4, $5)

-- name: trail_value_of
-- Personal values of record $1 that were not erased.
SELECT place, value_before, value_after FROM trail_value WHERE seq = $1

-- name: trail_value_all
-- Every personal value that was not erased beside its record, to recompute the digests.
SELECT v.seq, v.place, v.value_before, v.value_after, v.salt, t.changes
  FROM trail_value v
  LEFT JOIN trail t ON t.seq = v.seq
 ORDER BY v.seq, v.place

-- name: trail_value_erase
-- Forget the personal values in records about object $1 number $2.
DELETE FROM trail_value WHERE seq IN (SELECT seq FROM trail WHERE object = $1 AND object_id = $2)

-- name: journal_last
-- Number of the newest event.
SELECT MAX(id) FROM journal

-- name: journal_append
-- One event, in the order of its columns.
INSERT INTO journal (id, at, what, account, actor, address, detail, object, object_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: journal_search
-- Events of a kind $1, by account $2, about object $3 number $4, since $5, until before $6 (each may be NULL), before event $7; newest first.
SELECT id, at, what, account, actor, address, detail, object, object_id
  FROM journal
 WHERE id < $7
   AND (CAST($1 AS TEXT) IS NULL OR what = CAST($1 AS TEXT))
   AND (CAST($2 AS BIGINT) IS NULL OR account = CAST($2 AS BIGINT))
   AND (CAST($3 AS TEXT) IS NULL OR object = CAST($3 AS TEXT))
   AND (CAST($4 AS BIGINT) IS NULL OR object_id = CAST($4 AS BIGINT))
   AND (CAST($5 AS TEXT) IS NULL OR at >= CAST($5 AS TEXT))
   AND (CAST($6 AS TEXT) IS NULL OR at < CAST($6 AS TEXT))
 ORDER BY id DESC
 LIMIT $8

-- name: journal_count_before
-- How many events are older than a moment ($1).
SELECT COUNT(*) FROM journal WHERE at < $1

-- name: journal_forget_before
-- Events older than a moment ($1) go.
DELETE FROM journal WHERE at < $1

-- name: trail_search
-- Records by account $1 or the beginning of the actor's name $2, object $3 and number $4, action $5, since $6, until before $7 (each may be
-- NULL) before number $8, newest first, at most $9.
SELECT t.seq, t.at, t.account, COALESCE(p.name, ''), t.role, t.organisation, COALESCE(p.address, ''), t.action, t.text, t.reason, t.changes,
       t.object, t.object_id
  FROM trail t
  LEFT JOIN trail_person p ON p.digest = t.who
 WHERE t.seq < $8
   AND (CAST($1 AS BIGINT) IS NULL OR t.account = CAST($1 AS BIGINT))
   AND (CAST($2 AS TEXT) IS NULL OR p.name LIKE CAST($2 AS TEXT) || '%')
   AND (CAST($3 AS TEXT) IS NULL OR t.object = CAST($3 AS TEXT))
   AND (CAST($4 AS BIGINT) IS NULL OR t.object_id = CAST($4 AS BIGINT))
   AND (CAST($5 AS TEXT) IS NULL OR t.action = CAST($5 AS TEXT))
   AND (CAST($6 AS TEXT) IS NULL OR t.at >= CAST($6 AS TEXT))
   AND (CAST($7 AS TEXT) IS NULL OR t.at < CAST($7 AS TEXT))
 ORDER BY t.seq DESC
 LIMIT $9

-- name: trail_words
-- Kinds of actions and objects among the last $1 records.
SELECT DISTINCT action, object
  FROM (SELECT action, object FROM trail ORDER BY seq DESC LIMIT $1) AS newest

-- name: trail_hash_at
-- The hash of record number $1.
SELECT hash FROM trail WHERE seq = $1

-- name: trail_oldest_after
-- When the first record behind a number ($1) was written.
SELECT at FROM trail WHERE seq > $1 ORDER BY seq LIMIT 1
