-- Who wrote a line of a draft last: that person does not approve the version.
ALTER TABLE draft_line ADD COLUMN account $INT;
