-- What the respondent did about a note, and what stood in a submission when it was submitted, so that the next one can say what changed.
ALTER TABLE submission_note ADD COLUMN answer $TEXT NOT NULL DEFAULT '';
ALTER TABLE submission_note ADD COLUMN answered_at $TEXT;
ALTER TABLE submission_note ADD COLUMN answered_by $TEXT NOT NULL DEFAULT '';
ALTER TABLE submission_note ADD COLUMN answer_owner $INT NOT NULL DEFAULT 0;

CREATE TABLE submission_receipt_value (
	number $TEXT NOT NULL REFERENCES submission_receipt (number),
	field  $TEXT NOT NULL,
	line   $INT NOT NULL,
	typed  $TEXT NOT NULL,
	note   $TEXT NOT NULL,
	PRIMARY KEY (number, field, line)
);
