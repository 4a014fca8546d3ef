-- Statements of the store itself.

-- name: db_id_read
-- The first id that nobody has.
SELECT next_id FROM id_counter WHERE id = 1

-- name: db_id_write
-- Ids below $1 are taken.
UPDATE id_counter SET next_id = $1 WHERE id = 1

-- name: db_migration_list
-- Migrations that were applied, with the digest of their text at that time.
SELECT module, number, digest FROM schema_migration ORDER BY module, number

-- name: db_migration_find
-- Whether migration $2 of module $1 was applied.
SELECT COUNT(*) FROM schema_migration WHERE module = $1 AND number = $2

-- name: db_migration_add
-- Note that migration $2 of module $1, called $3 with digest $4, was applied at instant $5.
INSERT INTO schema_migration (module, number, name, digest, applied_at) VALUES ($1, $2, $3, $4, $5)
