-- What core keeps for every subject: the trail and what hangs on it, the journal, code lists, settings.

-- One row per change or security event, never altered. `who` is the digest of a row of trail_person.
CREATE TABLE trail (
	seq $ID,
	at $TEXT NOT NULL,
	account $INT NOT NULL,
	who $BYTES NOT NULL,
	role $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	action $TEXT NOT NULL,
	object $TEXT NOT NULL,
	object_id $INT NOT NULL,
	text $TEXT NOT NULL,
	reason $TEXT NOT NULL,
	changes $TEXT NOT NULL,
	format $INT NOT NULL,
	prev_hash $BYTES NOT NULL,
	hash $BYTES NOT NULL
);
CREATE INDEX trail_object ON trail (object, object_id, seq);
CREATE INDEX trail_account ON trail (account, seq);

-- Records of the trail are neither altered nor removed, whatever statement tries.
-- only sqlite
CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END;
-- only postgres
CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trail is append-only'; END $$;
CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
-- both

-- Names and addresses of actors by month: the chain holds only the digest, so a row can be erased and the chain still holds.
CREATE TABLE trail_person (
	digest $BYTES NOT NULL PRIMARY KEY,
	account $INT NOT NULL,
	month $TEXT NOT NULL,
	name $TEXT NOT NULL,
	address $TEXT NOT NULL,
	salt $BYTES NOT NULL
);
CREATE UNIQUE INDEX trail_person_whom ON trail_person (account, month, name, address);

-- Personal values of changes, in the same way: `place` is the position in trail.changes.
CREATE TABLE trail_value (
	seq $INT NOT NULL,
	place $INT NOT NULL,
	value_before $TEXT NOT NULL,
	value_after $TEXT NOT NULL,
	salt $BYTES NOT NULL,
	PRIMARY KEY (seq, place)
);

-- Events that visitors can cause: outside the chain, kept for a time: failed sign-ins, refused access, views of persons.
CREATE TABLE journal (
	id $ID,
	at $TEXT NOT NULL,
	what $TEXT NOT NULL,
	account $INT NOT NULL,
	actor $TEXT NOT NULL,
	address $TEXT NOT NULL,
	detail $TEXT NOT NULL
);
CREATE INDEX journal_at ON journal (at);

CREATE TABLE code_item (
	row_id $ID,
	id $INT NOT NULL,
	version $INT NOT NULL,
	valid_from $TEXT NOT NULL,
	valid_to $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to $TEXT,
	list $TEXT NOT NULL,
	code $TEXT NOT NULL,
	name $TEXT NOT NULL,
	name_sort $BYTES NOT NULL,
	name_fold $TEXT NOT NULL,
	short_name $TEXT NOT NULL,
	external_id $TEXT NOT NULL,
	rest_id $INT,
	law $TEXT NOT NULL,
	parent $TEXT NOT NULL,
	attributes $TEXT NOT NULL,
	description $TEXT NOT NULL,
	position $INT,
	replaced_by $TEXT NOT NULL,
	CHECK (valid_to IS NULL OR valid_to >= valid_from),
	CHECK (recorded_to IS NULL OR recorded_to >= recorded_from)
);
CREATE UNIQUE INDEX code_item_believed ON code_item (id, valid_from) WHERE recorded_to IS NULL;
CREATE INDEX code_item_id ON code_item (id, recorded_from);
CREATE INDEX code_item_code ON code_item (list, code);

CREATE TABLE setting (
	key $TEXT NOT NULL PRIMARY KEY,
	value $TEXT NOT NULL,
	updated $TEXT NOT NULL
);
