-- Whose record somebody looked at; searched from both ends.

ALTER TABLE journal ADD COLUMN object $TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN object_id $INT NOT NULL DEFAULT 0;
CREATE INDEX journal_object ON journal (object, object_id, id);
CREATE INDEX journal_account ON journal (account, id);
