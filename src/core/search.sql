-- Full text. The query ($1) is in the engine's own syntax, made of quoted words only; $2 is a kind or ''; $3 = 1: public ones only.

-- name: search_find
-- At most $4 hits in the order of titles; which ones, when there are more, is the engine's choice.
SELECT h.object_id, h.kind, h.title
  FROM (SELECT d.id, d.object_id, d.kind, d.title, d.title_sort
          FROM search_index i
          JOIN search_doc d ON d.id = i.rowid
         WHERE search_index MATCH $1 AND ($2 = '' OR d.kind = $2) AND ($3 = 0 OR d.is_public = 1)
         LIMIT $4) h
 ORDER BY h.title_sort, h.id
-- postgres:
SELECT h.object_id, h.kind, h.title
  FROM (SELECT d.id, d.object_id, d.kind, d.title, d.title_sort
          FROM search_doc d
         WHERE d.index_words @@ CAST(CAST($1 AS TEXT) AS tsquery) AND (CAST($2 AS TEXT) = '' OR d.kind = $2)
           AND (CAST($3 AS BIGINT) = 0 OR d.is_public = 1)
         LIMIT $4) h
 ORDER BY h.title_sort, h.id

-- name: search_by_key
-- The first $4 hits by their number: never sorts, however many there are.
SELECT d.object_id, d.kind, d.title
  FROM search_index i
  JOIN search_doc d ON d.id = i.rowid
 WHERE search_index MATCH $1 AND ($2 = '' OR d.kind = $2) AND ($3 = 0 OR d.is_public = 1)
 ORDER BY i.rowid
 LIMIT $4
-- postgres:
SELECT d.object_id, d.kind, d.title
  FROM search_doc d
 WHERE d.index_words @@ CAST(CAST($1 AS TEXT) AS tsquery) AND (CAST($2 AS TEXT) = '' OR d.kind = $2)
   AND (CAST($3 AS BIGINT) = 0 OR d.is_public = 1)
 ORDER BY d.id
 LIMIT $4

-- name: search_doc_get
-- What is kept of object $2 of kind $1.
SELECT id, is_public, title, words FROM search_doc WHERE kind = $1 AND object_id = $2

-- name: search_doc_add
-- One document, in the order of its columns.
INSERT INTO search_doc (id, kind, object_id, is_public, title, title_sort, words) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: search_doc_change
-- Document $1 is public or not ($2), has title $3 with key $4 and words $5.
UPDATE search_doc SET is_public = $2, title = $3, title_sort = $4, words = $5 WHERE id = $1

-- name: search_doc_drop
-- Forget document $1.
DELETE FROM search_doc WHERE id = $1

-- name: search_index_add
-- Document $1 is found by words $2. On PostgreSQL the index follows from the row.
INSERT INTO search_index (rowid, words) VALUES ($1, $2)
-- postgres:
UPDATE search_doc SET words = $2 WHERE id = $1

-- name: search_index_remove
-- Document $1 is no longer found by its words $2; they must be those that were added.
INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', $1, $2)
-- postgres:
UPDATE search_doc SET words = '' WHERE id = $1 AND words = $2
