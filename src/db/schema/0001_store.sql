-- What the store itself needs. The table schema_migration is made before the first migration (migrate.c).

-- The one source of ids, raised inside the write transaction.
CREATE TABLE id_counter (
	id      $ID CHECK (id = 1),
	next_id $INT NOT NULL CHECK (next_id > 0)
);
INSERT INTO id_counter (id, next_id) VALUES (1, 1);

-- Facts about this store: version of the collation, version of the public data, …
CREATE TABLE meta (
	key   $TEXT NOT NULL PRIMARY KEY,
	value $TEXT NOT NULL
);

-- Head of the trail's chain. On PostgreSQL every write transaction locks this table first: writers queue as on SQLite.
-- Until the first record is written seq is 0 and hash NULL.
CREATE TABLE trail_head (
	id   $ID CHECK (id = 1),
	seq  $INT NOT NULL CHECK (seq >= 0),
	hash $BYTES
);
INSERT INTO trail_head (id, seq, hash) VALUES (1, 0, NULL);
