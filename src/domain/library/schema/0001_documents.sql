-- Documents with versions that never change once frozen, their paragraphs, the text read out of files, resolutions of bodies.

CREATE TABLE document (
	id          $ID,
	version     $INT NOT NULL,
	title       $TEXT NOT NULL,
	title_sort  $BYTES NOT NULL,
	title_fold  $TEXT NOT NULL,
	kind        $TEXT NOT NULL,
	owner       $INT NOT NULL REFERENCES organisation (id),
	file_number $TEXT NOT NULL,
	file_number_fold $TEXT NOT NULL,
	summary     $TEXT NOT NULL,
	url         $TEXT NOT NULL,
	part_of     $INT REFERENCES document (id),
	valid_to    $TEXT,
	is_public   $INT NOT NULL CHECK (is_public IN (0, 1))
);
CREATE INDEX document_by_part ON document (part_of);

CREATE TABLE document_version (
	id            $ID,
	version       $INT NOT NULL,
	document      $INT NOT NULL REFERENCES document (id),
	no            $INT NOT NULL,
	state         $TEXT NOT NULL CHECK (state IN ('draft', 'frozen', 'withdrawn')),
	valid_from    $TEXT,
	note          $TEXT NOT NULL,
	text          $TEXT NOT NULL,
	file          $INT REFERENCES stored_file (id),
	sha256        $TEXT NOT NULL,
	author        $INT,
	author_name   $TEXT NOT NULL,
	made_at       $TEXT,
	frozen_at     $TEXT,
	frozen_by     $TEXT NOT NULL,
	withdrawn_at  $TEXT,
	withdrawn_why $TEXT NOT NULL,
	UNIQUE (document, no)
);
CREATE INDEX document_version_by_file ON document_version (file);

-- What a version was when it was frozen: nothing removes it, and the digest shows whether the content is still the same.
CREATE TABLE document_seal (
	document_version $INT NOT NULL PRIMARY KEY REFERENCES document_version (id),
	sha256           $TEXT NOT NULL,
	at               $TEXT NOT NULL
);

-- What a frozen version consists of. A row is never changed: comments and links point at it.
CREATE TABLE document_paragraph (
	id               $ID,
	document_version $INT NOT NULL REFERENCES document_version (id),
	position         $INT NOT NULL,
	anchor           $TEXT NOT NULL,
	also             $TEXT NOT NULL,
	kind             $TEXT NOT NULL,
	level            $INT NOT NULL,
	source           $TEXT NOT NULL,
	text             $TEXT NOT NULL,
	UNIQUE (document_version, anchor),
	UNIQUE (document_version, position)
);

-- The words of a file, by its content: read once, however many versions hold it.
CREATE TABLE file_text (
	sha256 $TEXT NOT NULL PRIMARY KEY,
	state  $TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'failed')),
	text   $TEXT NOT NULL,
	why    $TEXT NOT NULL,
	at     $TEXT NOT NULL
);

CREATE TABLE resolution (
	id          $ID,
	version     $INT NOT NULL,
	number      $TEXT NOT NULL UNIQUE,
	number_fold $TEXT NOT NULL,
	body        $INT NOT NULL REFERENCES organisation (id),
	decided_on  $TEXT NOT NULL,
	title       $TEXT NOT NULL,
	title_sort  $BYTES NOT NULL,
	title_fold  $TEXT NOT NULL,
	result      $TEXT NOT NULL,
	text        $TEXT NOT NULL,
	text_fold   $TEXT NOT NULL,
	file        $INT REFERENCES stored_file (id)
);
CREATE INDEX resolution_by_day ON resolution (decided_on);
CREATE INDEX resolution_by_body ON resolution (body);
