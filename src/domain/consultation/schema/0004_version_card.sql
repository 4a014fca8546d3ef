-- Activity cards of a plan as they were when a version of its text was frozen: what people comment on under that number and title.
CREATE TABLE version_card (
	document_version $INT NOT NULL REFERENCES document_version (id),
	card             $INT NOT NULL REFERENCES activity_card (id),
	code             $TEXT NOT NULL,
	title            $TEXT NOT NULL,
	text             $TEXT NOT NULL,
	PRIMARY KEY (document_version, card)
);
