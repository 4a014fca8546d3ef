-- What the national register said last, its imports with their previews, manual corrections, and what is to be repaired.

-- code: identifier of a registration or IČO of a provider, as the register names it; digest: of all that the register says about it.
CREATE TABLE register_source (
	kind      $TEXT NOT NULL CHECK (kind IN ('service', 'provider')),
	code      $TEXT NOT NULL,
	portal_id $INT,
	object_id $INT NOT NULL,
	digest    $BYTES NOT NULL,
	seen_in   $INT NOT NULL,
	PRIMARY KEY (kind, code)
);
CREATE INDEX register_source_object ON register_source (object_id);

CREATE TABLE register_import (
	id           $ID,
	made_at      $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('previewed', 'applied', 'dropped')),
	file_name    $TEXT NOT NULL,
	file         $INT REFERENCES stored_file (id),
	size         $INT NOT NULL,
	reason       $TEXT NOT NULL,
	account      $INT NOT NULL,
	account_name $TEXT NOT NULL,
	records      $INT NOT NULL,
	services     $INT NOT NULL,
	providers    $INT NOT NULL,
	facilities   $INT NOT NULL,
	added        $INT NOT NULL,
	changed      $INT NOT NULL,
	ended        $INT NOT NULL,
	missing      $INT NOT NULL,
	held         $INT NOT NULL,
	same         $INT NOT NULL,
	fields       $INT NOT NULL,
	derived      $INT NOT NULL,
	kept         $INT NOT NULL,
	faults       $INT NOT NULL,
	applied_at   $TEXT,
	used         $INT NOT NULL
);
CREATE INDEX register_import_file ON register_import (file);

-- One service or provider that the file would change. places: where its records stand in the file, "offset+size:number:line;…"; first_day:
-- since when it is provided.
CREATE TABLE register_import_row (
	import    $INT NOT NULL REFERENCES register_import (id),
	position  $INT NOT NULL,
	entity    $TEXT NOT NULL CHECK (entity IN ('service', 'provider')),
	kind      $TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'ended', 'missing', 'held')),
	code      $TEXT NOT NULL,
	object_id $INT NOT NULL,
	title     $TEXT NOT NULL,
	subtitle  $TEXT NOT NULL,
	places    $TEXT NOT NULL,
	first_day $TEXT,
	digest    $BYTES NOT NULL,
	judged    $BYTES NOT NULL,
	fields    $INT NOT NULL,
	derived   $INT NOT NULL,
	kept      $INT NOT NULL,
	accepted  $INT NOT NULL CHECK (accepted IN (0, 1)),
	PRIMARY KEY (import, position)
);
CREATE INDEX register_import_row_kind ON register_import_row (import, entity, kind, position);

-- What would change in it, field by field, in machine form; without a field the whole thing is added or ended.
CREATE TABLE register_import_change (
	import       $INT NOT NULL,
	row_position $INT NOT NULL,
	position     $INT NOT NULL,
	entity       $TEXT NOT NULL,
	object_id    $INT NOT NULL,
	object_name  $TEXT NOT NULL,
	field        $TEXT NOT NULL,
	kind         $TEXT NOT NULL CHECK (kind IN ('field', 'derived', 'kept', 'agreed', 'added', 'ended')),
	value_before $TEXT NOT NULL,
	value_after  $TEXT NOT NULL,
	PRIMARY KEY (import, row_position, position),
	FOREIGN KEY (import, row_position) REFERENCES register_import_row (import, position)
);

-- A field that people corrected and the register says otherwise; field '' says that people added ('added') or removed ('removed') the thing.
CREATE TABLE register_override (
	id             $ID,
	entity         $TEXT NOT NULL,
	object_id      $INT NOT NULL,
	field          $TEXT NOT NULL,
	value          $TEXT NOT NULL,
	register_value $TEXT NOT NULL,
	reason         $TEXT NOT NULL,
	account        $INT NOT NULL,
	account_name   $TEXT NOT NULL,
	made_at        $TEXT NOT NULL,
	ended_at       $TEXT
);
CREATE INDEX register_override_object ON register_override (object_id, entity, field);
CREATE UNIQUE INDEX register_override_live ON register_override (entity, object_id, field) WHERE ended_at IS NULL;

CREATE TABLE register_repair (
	id        $ID,
	kind      $TEXT NOT NULL,
	entity    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	code      $TEXT NOT NULL,
	place     $TEXT NOT NULL,
	text      $TEXT NOT NULL,
	found_in  $INT NOT NULL REFERENCES register_import (id),
	found_at  $TEXT NOT NULL,
	fixed_at  $TEXT
);
CREATE INDEX register_repair_open ON register_repair (fixed_at, kind, id);
CREATE INDEX register_repair_object ON register_repair (object_id);
CREATE INDEX register_repair_import ON register_repair (found_in);
