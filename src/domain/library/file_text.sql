-- Words of files, by their content.

-- name: file_text_get
-- State and reason of content $1.
SELECT state, why FROM file_text WHERE sha256 = $1

-- name: file_text_words
-- Words of the file $1, once they are read.
SELECT t.text FROM file_text t JOIN stored_file f ON f.sha256 = t.sha256 WHERE f.id = $1 AND t.state = 'ready'

-- name: file_text_add
-- Content $1 waits since $2; nothing when it is known.
INSERT INTO file_text (sha256, state, text, why, at) VALUES ($1, 'waiting', '', '', $2) ON CONFLICT (sha256) DO NOTHING

-- name: file_text_put
-- Content $1 is in state $2 with these words ($3), or why not ($4), since $5.
UPDATE file_text SET state = $2, text = $3, why = $4, at = $5 WHERE sha256 = $1

-- name: file_text_late
-- A file of each content that waits since before $1, at most $2.
SELECT MIN(f.id)
  FROM file_text t
  JOIN stored_file f ON f.sha256 = t.sha256
 WHERE t.state = 'waiting' AND t.at < $1
 GROUP BY t.sha256
 ORDER BY MIN(f.id)
 LIMIT $2

-- name: file_text_documents
-- Documents with a version that holds content $1.
SELECT DISTINCT v.document FROM document_version v JOIN stored_file f ON f.id = v.file WHERE f.sha256 = $1 ORDER BY v.document

-- name: file_text_resolutions
-- Resolutions with content $1.
SELECT r.id FROM resolution r JOIN stored_file f ON f.id = r.file WHERE f.sha256 = $1 ORDER BY r.id
