-- name: data_version_get
-- The number that every write touching public data raises.
SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'data_version'

-- name: data_version_next
-- Raise it by one; the first raise makes the row.
INSERT INTO meta (key, value) VALUES ('data_version', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)
