-- What people say about obstacles on the pages (Act 99/2019, § 8). The e-mail is theirs to give and goes with the answer.
CREATE TABLE feedback (
	id      $ID,
	version $INT NOT NULL,
	said_at $TEXT NOT NULL,
	page    $TEXT NOT NULL,
	text    $TEXT NOT NULL,
	email   $TEXT NOT NULL,
	state   $TEXT NOT NULL,
	done_at $TEXT,
	done_by $TEXT NOT NULL,
	answer  $TEXT NOT NULL
);
CREATE INDEX feedback_state ON feedback (state, id);
