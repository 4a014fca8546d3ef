-- Consultations of frozen versions of documents, comments, and where a comment stands in each later version.

CREATE TABLE consultation (
	id           $ID,
	version      $INT NOT NULL,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	subject      $INT NOT NULL REFERENCES document_version (id),
	first_day    $TEXT NOT NULL,
	last_day     $TEXT NOT NULL,
	who          $TEXT NOT NULL,
	about        $TEXT NOT NULL,
	how          $TEXT NOT NULL,
	accept_late  $INT NOT NULL CHECK (accept_late IN (0, 1)),
	accept_oral  $INT NOT NULL CHECK (accept_oral IN (0, 1)),
	min_length   $INT NOT NULL,
	state        $TEXT NOT NULL,
	announced_at $TEXT,
	published_at $TEXT
);
CREATE TABLE consultation_channels (
	owner $INT NOT NULL REFERENCES consultation (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE INDEX consultation_by_subject ON consultation (subject);

-- number: '' until it is received; serial and year say the same to the program. author_name, email and phone go after the retention term.
CREATE TABLE comment (
	id             $ID,
	version        $INT NOT NULL,
	consultation   $INT NOT NULL REFERENCES consultation (id),
	number         $TEXT NOT NULL,
	number_fold    $TEXT NOT NULL,
	year           $INT,
	serial         $INT,
	part           $INT,
	channel        $TEXT NOT NULL,
	delivered_at   $TEXT NOT NULL,
	received_at    $TEXT,
	late           $INT NOT NULL CHECK (late IN (0, 1)),
	anchor         $TEXT NOT NULL,
	quote          $TEXT NOT NULL,
	chapter        $TEXT NOT NULL,
	original_text  $TEXT NOT NULL,
	text           $TEXT NOT NULL,
	text_fold      $TEXT NOT NULL,
	proposal       $TEXT NOT NULL,
	justification  $TEXT NOT NULL,
	kind           $TEXT NOT NULL,
	author_kind    $TEXT NOT NULL,
	author_name    $TEXT NOT NULL,
	organisation   $TEXT NOT NULL,
	municipality   $INT,
	email          $TEXT NOT NULL,
	consent        $INT NOT NULL CHECK (consent IN (0, 1)),
	attachment     $INT REFERENCES stored_file (id),
	account        $INT,
	receipt        $TEXT NOT NULL,
	split_from     $INT REFERENCES comment (id),
	merged_into    $INT REFERENCES comment (id),
	assigned       $INT,
	assigned_name  $TEXT NOT NULL,
	result         $TEXT NOT NULL,
	reasoning      $TEXT NOT NULL,
	body           $TEXT NOT NULL,
	meeting        $TEXT NOT NULL,
	decided_on     $TEXT,
	changed_anchor $TEXT NOT NULL,
	redacted_text  $TEXT NOT NULL,
	redacted_why   $TEXT NOT NULL,
	published_at   $TEXT,
	state          $TEXT NOT NULL
);
CREATE INDEX comment_by_consultation ON comment (consultation, state);
CREATE INDEX comment_by_anchor ON comment (consultation, anchor);
CREATE INDEX comment_by_number ON comment (year, serial);
CREATE INDEX comment_by_split ON comment (split_from);
CREATE INDEX comment_by_merge ON comment (merged_into);
CREATE INDEX comment_by_assigned ON comment (assigned);

-- What the author holds: one secret, in the letter and in the address of the private page. Until ends_at it also confirms the comment.
CREATE TABLE comment_link (
	comment $INT NOT NULL PRIMARY KEY REFERENCES comment (id),
	sha256  $TEXT NOT NULL UNIQUE,
	ends_at $TEXT NOT NULL
);

-- how: same, moved, changed (the program is certain), unsure (waits for a person), gone, person (a person decided).
CREATE TABLE comment_place (
	comment          $INT NOT NULL REFERENCES comment (id),
	document_version $INT NOT NULL REFERENCES document_version (id),
	anchor           $TEXT NOT NULL,
	how              $TEXT NOT NULL CHECK (how IN ('same', 'moved', 'changed', 'unsure', 'gone', 'person')),
	guess            $TEXT NOT NULL,
	decided_by       $TEXT NOT NULL,
	at               $TEXT NOT NULL,
	PRIMARY KEY (comment, document_version)
);
CREATE INDEX comment_place_by_version ON comment_place (document_version, how);
