-- Rule sets: each row is one version of a set with its whole text. What was handed over for approval never changes.

CREATE TABLE rule_set (
	id           $ID,
	version      $INT NOT NULL,
	code         $TEXT NOT NULL,
	no           $INT NOT NULL,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	valid_from   $TEXT,
	note         $TEXT NOT NULL,
	source       $TEXT NOT NULL,
	digest       $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'published', 'retired')),
	account      $INT NOT NULL,
	author       $TEXT NOT NULL,
	made_at      $TEXT NOT NULL,
	published_at $TEXT,
	UNIQUE (code, no)
);
