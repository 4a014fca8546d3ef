-- What people say is wrong in the catalogue. The e-mail is theirs to give and goes when the report is dealt with.
CREATE TABLE error_report (
	id      $ID,
	version $INT NOT NULL,
	service $INT NOT NULL,
	said_at $TEXT NOT NULL,
	text    $TEXT NOT NULL,
	email   $TEXT NOT NULL,
	state   $TEXT NOT NULL CHECK (state IN ('new', 'done')),
	done_at $TEXT,
	done_by $TEXT NOT NULL
);
CREATE INDEX error_report_state ON error_report (state, id);
