-- Documents and their versions.

-- name: versions_of_document
-- Versions of document $1, newest first, without their texts; without those that are held back ($2 = 0) or with them.
SELECT id, version, document, no, state, valid_from, note, file, sha256, author, author_name, made_at, frozen_at, frozen_by, withdrawn_at, withdrawn_why
  FROM document_version v
 WHERE document = $1 AND ($2 = 1 OR NOT EXISTS (SELECT 1 FROM document_held h WHERE h.document_version = v.id))
 ORDER BY no DESC

-- name: version_held
-- Is version $1 held back?
SELECT COUNT(*) FROM document_held WHERE document_version = $1

-- name: version_held_add
-- Version $1 is held back.
INSERT INTO document_held (document_version) VALUES ($1)

-- name: version_held_drop
-- Version $1 is not held back any more.
DELETE FROM document_held WHERE document_version = $1

-- name: version_next_no
-- The number of the next version of document $1.
SELECT COALESCE(MAX(no), 0) + 1 FROM document_version WHERE document = $1

-- name: version_with_file
-- Number of the version of a document ($1), other than version $2, that holds the content $3.
SELECT v.no
  FROM document_version v
  JOIN stored_file f ON f.id = v.file
 WHERE v.document = $1 AND v.id <> $2 AND f.sha256 = $3
 ORDER BY v.no
 LIMIT 1

-- name: version_draft_of
-- The draft of document $1.
SELECT no FROM document_version WHERE document = $1 AND state = 'draft' ORDER BY no LIMIT 1

-- name: version_seal_add
-- Version $1 was frozen with digest $2 at $3.
INSERT INTO document_seal (document_version, sha256, at) VALUES ($1, $2, $3)

-- name: version_seals
-- Frozen and withdrawn versions after id $1 with the digest they were frozen with, at most $2 of them.
SELECT v.id, v.document, v.no, s.sha256
  FROM document_version v
  LEFT JOIN document_seal s ON s.document_version = v.id
 WHERE v.id > $1 AND v.state <> 'draft'
 ORDER BY v.id
 LIMIT $2

-- name: document_with_file
-- Title of a public document other than $1 whose frozen version holds the content $2.
SELECT d.title
  FROM document_version v
  JOIN document d ON d.id = v.document
  JOIN stored_file f ON f.id = v.file
 WHERE d.id <> $1 AND f.sha256 = $2
 ORDER BY d.id
 LIMIT 1

-- name: document_rows
-- Documents with their versions, newest first: only public ones ($1 = 1), of one kind ($2, blank = any), annexes of one ($3, 0 = any).
SELECT d.id, d.title, d.kind, d.file_number, d.summary, d.url, d.part_of, d.valid_to, d.is_public, o.name,
       v.id, v.no, v.state, v.valid_from, v.frozen_at, v.withdrawn_at, f.id, f.name, f.type, f.size
  FROM document d
  JOIN organisation o ON o.id = d.owner
  LEFT JOIN document_version v ON v.document = d.id AND ($1 = 0 OR NOT EXISTS (SELECT 1 FROM document_held h WHERE h.document_version = v.id))
  LEFT JOIN stored_file f ON f.id = v.file
 WHERE (d.is_public = 1 OR $1 = 0) AND (d.kind = $2 OR $2 = '') AND (d.part_of = $3 OR $3 = 0)
 ORDER BY d.title_sort, d.id, v.no DESC

-- name: library_owners
-- Who may issue a document: the region, its bodies, offices of the state, municipalities.
SELECT id, name FROM organisation WHERE kind <> 'provider' ORDER BY CASE kind WHEN 'region' THEN 1 WHEN 'body' THEN 2 WHEN 'state' THEN 3 ELSE 4 END, name_sort, id

-- name: library_bodies
-- Bodies that decide.
SELECT id, name FROM organisation WHERE kind = 'body' ORDER BY name_sort, id

-- name: paragraphs_of_version
-- Paragraphs of version $1 in their order.
SELECT anchor, also, kind, level, source, text FROM document_paragraph WHERE document_version = $1 ORDER BY position

-- name: paragraph_add
-- One paragraph, in the order of its columns.
INSERT INTO document_paragraph (id, document_version, position, anchor, also, kind, level, source, text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: version_with_paragraphs
-- The last version of document $1 before number $2 that has paragraphs.
SELECT v.id
  FROM document_version v
 WHERE v.document = $1 AND v.no < $2 AND EXISTS (SELECT 1 FROM document_paragraph p WHERE p.document_version = v.id)
 ORDER BY v.no DESC
 LIMIT 1

-- name: anchors_taken
-- Anchors that paragraphs of document $1 ever had and that those of version $2 don't have.
SELECT DISTINCT p.anchor, p.also
  FROM document_paragraph p
  JOIN document_version v ON v.id = p.document_version
 WHERE v.document = $1 AND NOT EXISTS (SELECT 1 FROM document_paragraph q WHERE q.document_version = $2 AND q.anchor = p.anchor)
 ORDER BY p.anchor

-- name: documents_latest
-- Public documents by the day of their newest frozen version, at most $1.
SELECT d.id, d.title, d.kind, MAX(v.frozen_at)
  FROM document d
  JOIN document_version v ON v.document = d.id AND v.state = 'frozen'
 WHERE d.is_public = 1 AND NOT EXISTS (SELECT 1 FROM document_held h WHERE h.document_version = v.id)
 GROUP BY d.id, d.title, d.kind
 ORDER BY MAX(v.frozen_at) DESC, d.id DESC
 LIMIT $1

-- name: documents_of_person
-- Versions that account $1 began.
SELECT d.title, v.no, v.state, v.made_at
  FROM document_version v
  JOIN document d ON d.id = v.document
 WHERE v.author = $1
 ORDER BY v.id
