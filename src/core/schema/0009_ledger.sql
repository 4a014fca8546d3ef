-- Double entry of whatever is counted: seats now, money later (ledger.h). Rows are added and never altered.

-- What is counted of an object: the free seats of hearing 12. Its balance never goes below floor; NULL = there is none.
CREATE TABLE ledger_account (
	id        $ID,
	book      $TEXT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	name      $TEXT NOT NULL,
	floor     $INT,
	UNIQUE (book, object, object_id, name)
);

-- One move: what caused it, why, who, when. account is the person's, 0 = the program or somebody without one.
CREATE TABLE ledger_entry (
	id        $ID,
	book      $TEXT NOT NULL,
	object    $TEXT NOT NULL,
	object_id $INT NOT NULL,
	reason    $TEXT NOT NULL,
	account   $INT NOT NULL,
	at        $TEXT NOT NULL
);
CREATE INDEX ledger_entry_object ON ledger_entry (object, object_id);

-- Its sides; together they are nothing.
CREATE TABLE ledger_posting (
	entry   $INT NOT NULL REFERENCES ledger_entry (id),
	account $INT NOT NULL REFERENCES ledger_account (id),
	amount  $INT NOT NULL CHECK (amount <> 0),
	at      $TEXT NOT NULL,
	PRIMARY KEY (account, entry)
);
CREATE INDEX ledger_posting_entry ON ledger_posting (entry);
CREATE INDEX ledger_posting_at ON ledger_posting (account, at, amount);

-- What was posted is neither altered nor removed, whatever statement tries.
-- only sqlite
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- only postgres
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_posting_no_change BEFORE UPDATE OR DELETE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- both
