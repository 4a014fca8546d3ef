-- Forms with versions and fields; what was filled into them, with notes and receipts.

CREATE TABLE form (
	id         $ID,
	version    $INT NOT NULL,
	code       $TEXT NOT NULL UNIQUE,
	title      $TEXT NOT NULL,
	title_sort $BYTES NOT NULL,
	title_fold $TEXT NOT NULL,
	about      $TEXT NOT NULL
);

CREATE TABLE form_version (
	id           $ID,
	version      $INT NOT NULL,
	form         $INT NOT NULL REFERENCES form (id),
	no           $INT NOT NULL,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	declaration  $TEXT NOT NULL,
	note         $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
	published_at $TEXT,
	UNIQUE (form, no)
);

-- stable: the field's name for ever, also in later versions. grid: fields of one grid are columns of a table with rows. parent: the field whose value is the
-- sum of its children. equals: the field that must hold the same number.
CREATE TABLE form_field (
	id           $ID,
	version      $INT NOT NULL,
	form_version $INT NOT NULL REFERENCES form_version (id),
	stable       $TEXT NOT NULL,
	section      $TEXT NOT NULL,
	position     $INT NOT NULL,
	label        $TEXT NOT NULL,
	label_fold   $TEXT NOT NULL,
	hint         $TEXT NOT NULL,
	type         $TEXT NOT NULL,
	unit         $TEXT NOT NULL,
	required     $INT NOT NULL,
	list         $TEXT NOT NULL,
	grid         $TEXT NOT NULL,
	parent       $TEXT NOT NULL,
	computed     $INT NOT NULL,
	least        $INT,
	most         $INT,
	sum_is       $INT,
	equals       $TEXT NOT NULL,
	jump         $INT,
	needs_note   $INT NOT NULL,
	prefill      $TEXT NOT NULL,
	UNIQUE (form_version, stable)
);

-- object, object_id: what it is filled in for ("network_application" 5); the subjects higher up are known by a word and a number only.
CREATE TABLE submission (
	id           $ID,
	version      $INT NOT NULL,
	form_version $INT NOT NULL REFERENCES form_version (id),
	object       $TEXT NOT NULL,
	object_id    $INT,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	provider     $INT,
	municipality $INT,
	district     $INT,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'locked', 'submitted', 'returned', 'accepted', 'refused', 'cancelled')),
	opens_at     $TEXT,
	closes_at    $TEXT,
	fix_until    $TEXT,
	number       $TEXT NOT NULL,
	submitted_at $TEXT,
	submitted_by $TEXT NOT NULL,
	sha256       $TEXT NOT NULL,
	saved_at     $TEXT,
	saved_by     $TEXT NOT NULL,
	content      $TEXT NOT NULL,
	owner        $INT NOT NULL,
	author       $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	made_at      $TEXT NOT NULL
);
CREATE INDEX submission_by_object ON submission (object, object_id);
CREATE INDEX submission_by_provider ON submission (provider, state);
CREATE INDEX submission_by_version ON submission (form_version);

-- typed: as the person typed it, also when it makes no sense yet. amount: the number in it (haléře, hundredths, day number), NULL when there is none.
-- before: the same number of the year or term before. A field without a row here is blank.
CREATE TABLE submission_value (
	submission $INT NOT NULL REFERENCES submission (id),
	field      $TEXT NOT NULL,
	line       $INT NOT NULL,
	typed      $TEXT NOT NULL,
	amount     $INT,
	before     $INT,
	origin     $TEXT NOT NULL,
	note       $TEXT NOT NULL,
	PRIMARY KEY (submission, field, line)
);

CREATE TABLE submission_note (
	id         $ID,
	version    $INT NOT NULL,
	submission $INT NOT NULL REFERENCES submission (id),
	field      $TEXT NOT NULL,
	line       $INT NOT NULL,
	text       $TEXT NOT NULL,
	owner      $INT NOT NULL,
	author     $TEXT NOT NULL,
	made_at    $TEXT NOT NULL,
	settled_at $TEXT
);
CREATE INDEX submission_note_by_submission ON submission_note (submission);

-- What was submitted, for ever: the text that was signed, its digest, and the PDF once it was made.
CREATE TABLE submission_receipt (
	submission  $INT NOT NULL REFERENCES submission (id),
	serial      $INT NOT NULL,
	year        $INT NOT NULL,
	number      $TEXT NOT NULL UNIQUE,
	at          $TEXT NOT NULL,
	author      $TEXT NOT NULL,
	declaration $TEXT NOT NULL,
	body        $TEXT NOT NULL,
	sha256      $TEXT NOT NULL,
	pdf         $INT REFERENCES stored_file (id),
	withdrawn_at $TEXT,
	PRIMARY KEY (year, serial)
);
CREATE INDEX submission_receipt_by_submission ON submission_receipt (submission);
