-- When points of a sheet were saved last, and what they were: two windows on one sheet learn of each other.
ALTER TABLE score_sheet ADD COLUMN saved_at $TEXT;
ALTER TABLE score_sheet ADD COLUMN content $TEXT NOT NULL DEFAULT '';
