-- Threads, their messages, files, and who has seen what.

-- name: thread_add
-- A thread: side, record, subject, its words folded together with the side's name ($9), at an instant ($10).
INSERT INTO message_thread (id, side_kind, side_ref, side_name, object, object_id, object_title, subject, subject_fold, opened_at, last_at, state,
                            last_message, last_author, message_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 'open', 0, '', 0)

-- name: message_add
-- A message of a thread ($2).
INSERT INTO message (id, thread, kind, account, author, organisation, from_region, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: thread_touch
-- The newest message of a thread ($1) is number $2, of an author ($4), at an instant ($3); the thread is in a state ($5).
UPDATE message_thread SET last_message = $2, last_at = $3, last_author = $4, state = $5, message_count = message_count + 1 WHERE id = $1

-- name: message_file_add
-- A file ($3) of a message ($2).
INSERT INTO message_file (id, message, file) VALUES ($1, $2, $3)

-- name: message_seen_put
-- An account ($2) has seen a thread ($1) up to a message ($3).
INSERT INTO message_seen (thread, account, message) VALUES ($1, $2, $3)
    ON CONFLICT (thread, account) DO UPDATE SET message = excluded.message

-- name: thread_get
-- A thread ($1), and whether an account ($2) has not seen its newest message.
SELECT t.id, t.side_kind, t.side_ref, t.side_name, t.object, t.object_id, t.object_title, t.subject, t.state, t.opened_at, t.last_at, t.last_author,
       t.message_count, t.last_message, CASE WHEN COALESCE(s.message, 0) < t.last_message THEN 1 ELSE 0 END AS unread
  FROM message_thread t
  LEFT JOIN message_seen s ON s.thread = t.id AND s.account = $2
 WHERE t.id = $1

-- name: thread_list
-- Threads within reach ($2 = 1 all, else in the lists $3 $4 $5 of providers, municipalities, districts: ",1,2,") of an account ($1): in a state
-- ($6), unread only ($7), with a message of one's own only ($8), about a record ($9, '' = any; $10), with a part ($11) in the subject or in the
-- name of the side, newest first, from $12, at most $13.
SELECT t.id, t.side_kind, t.side_ref, t.side_name, t.object, t.object_id, t.object_title, t.subject, t.state, t.opened_at, t.last_at, t.last_author,
       t.message_count, t.last_message, CASE WHEN COALESCE(s.message, 0) < t.last_message THEN 1 ELSE 0 END AS unread
  FROM message_thread t
  LEFT JOIN message_seen s ON s.thread = t.id AND s.account = $1
 WHERE ($2 = 1
        OR (t.side_kind = 'provider' AND $3 LIKE '%,' || CAST(t.side_ref AS TEXT) || ',%')
        OR (t.side_kind = 'municipality' AND $4 LIKE '%,' || CAST(t.side_ref AS TEXT) || ',%')
        OR (t.side_kind = 'district' AND $5 LIKE '%,' || CAST(t.side_ref AS TEXT) || ',%'))
   AND ($6 = '' OR t.state = $6)
   AND ($7 = 0 OR COALESCE(s.message, 0) < t.last_message)
   AND ($8 = 0 OR EXISTS (SELECT 1 FROM message m WHERE m.thread = t.id AND m.account = $1))
   AND ($9 = '' OR (t.object = $9 AND t.object_id = $10))
   AND ($11 = '' OR t.subject_fold LIKE '%' || $11 || '%' ESCAPE '!')
 ORDER BY t.last_at DESC, t.id DESC
 LIMIT $13 OFFSET $12

-- name: message_list
-- Messages of a thread ($1), oldest first.
SELECT id, kind, account, author, organisation, from_region, text, at FROM message WHERE thread = $1 ORDER BY id

-- name: message_file_list
-- Files of the messages of a thread ($1), in order of messages.
SELECT m.id, f.id, f.name, f.type, f.sha256, f.size, f.at
  FROM message m
  JOIN message_file x ON x.message = m.id
  JOIN stored_file f ON f.id = x.file
 WHERE m.thread = $1
 ORDER BY x.id

-- name: message_seen_get
-- The newest message that an account ($2) has seen in a thread ($1).
SELECT message FROM message_seen WHERE thread = $1 AND account = $2

-- name: message_file_find
-- A file ($2) of a thread ($1).
SELECT f.id
  FROM message m
  JOIN message_file x ON x.message = m.id
  JOIN stored_file f ON f.id = x.file
 WHERE m.thread = $1 AND f.id = $2

-- name: thread_officers
-- Officers of the region who wrote into a thread ($1), but not an account ($2).
SELECT DISTINCT account FROM message WHERE thread = $1 AND from_region = 1 AND account <> $2 AND account <> 0 ORDER BY account
