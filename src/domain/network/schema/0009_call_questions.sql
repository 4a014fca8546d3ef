-- Until when questions about a call are taken; nothing typed means until it closes.
ALTER TABLE call ADD COLUMN questions_rule $TEXT NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN questions_until $TEXT;
