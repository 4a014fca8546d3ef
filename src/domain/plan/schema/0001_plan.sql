-- A plan for three years, its chapters while they are written, notes and contributions, days of its preparation. What was frozen stands in the library.
CREATE TABLE plan (
	id                  $ID,
	version             $INT NOT NULL,
	title               $TEXT NOT NULL,
	title_sort          $BYTES NOT NULL,
	title_fold          $TEXT NOT NULL,
	slug                $TEXT NOT NULL UNIQUE,
	year_from           $INT NOT NULL,
	year_to             $INT NOT NULL,
	state               $TEXT NOT NULL CHECK (state IN ('preparing', 'drafting', 'reviewed', 'in_consultation', 'settling', 'final', 'in_approval', 'in_force',
	                                                    'evaluated', 'archived')),
	vision              $TEXT NOT NULL,
	author_unit         $TEXT NOT NULL,
	inputs_until        $TEXT,
	opening_resolution  $INT REFERENCES resolution (id),
	approval_resolution $INT REFERENCES resolution (id),
	document            $INT REFERENCES document (id),
	newest_version      $INT REFERENCES document_version (id),
	valid_version       $INT REFERENCES document_version (id)
);

CREATE TABLE plan_chapter (
	id         $ID,
	version    $INT NOT NULL,
	plan       $INT NOT NULL REFERENCES plan (id),
	part       $TEXT NOT NULL,
	no         $INT NOT NULL,
	title      $TEXT NOT NULL,
	text       $TEXT NOT NULL,
	taken      $TEXT NOT NULL,
	changed_at $TEXT,
	changed_by $TEXT NOT NULL
);
CREATE INDEX plan_chapter_by_plan ON plan_chapter (plan, no);

CREATE TABLE plan_note (
	id          $ID,
	version     $INT NOT NULL,
	plan        $INT NOT NULL REFERENCES plan (id),
	chapter     $INT REFERENCES plan_chapter (id),
	kind        $TEXT NOT NULL,
	anchor      $TEXT NOT NULL,
	quote       $TEXT NOT NULL,
	text        $TEXT NOT NULL,
	proposal    $TEXT NOT NULL,
	state       $TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
	reply       $TEXT NOT NULL,
	account     $INT,
	author      $TEXT NOT NULL,
	made_at     $TEXT NOT NULL,
	settled_by  $TEXT NOT NULL,
	settled_at  $TEXT
);
CREATE INDEX plan_note_by_plan ON plan_note (plan, chapter);

CREATE TABLE plan_milestone (
	id        $ID,
	version   $INT NOT NULL,
	plan      $INT NOT NULL REFERENCES plan (id),
	day       $TEXT NOT NULL,
	title     $TEXT NOT NULL,
	is_done   $INT NOT NULL CHECK (is_done IN (0, 1))
);
CREATE INDEX plan_milestone_by_plan ON plan_milestone (plan, day);
