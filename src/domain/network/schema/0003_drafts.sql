-- The next version of a network while it is written: the working copy of its lines, and proposals of districts.

CREATE TABLE network_draft (
	id               $ID,
	version          $INT NOT NULL,
	by_version       $INT NOT NULL REFERENCES network_version (id),
	acknowledged     $INT,
	acknowledged_why $TEXT NOT NULL,
	acknowledged_by  $TEXT NOT NULL,
	annex_sha256     $TEXT NOT NULL,
	annex_at         $TEXT,
	approved_text    $TEXT NOT NULL
);
CREATE UNIQUE INDEX network_draft_version ON network_draft (by_version);

CREATE TABLE draft_line (
	id               $ID,
	version          $INT NOT NULL,
	by_version       $INT NOT NULL REFERENCES network_version (id),
	origin           $INT,
	origin_version   $INT,
	number           $TEXT NOT NULL,
	number_sort      $BYTES NOT NULL,
	number_fold      $TEXT NOT NULL,
	service          $INT,
	provider         $INT,
	name             $TEXT NOT NULL,
	name_sort        $BYTES NOT NULL,
	name_fold        $TEXT NOT NULL,
	kind             $TEXT NOT NULL,
	unit             $TEXT NOT NULL,
	capacity         $INT,
	level            $TEXT NOT NULL,
	status           $TEXT NOT NULL,
	regionality      $INT,
	since            $TEXT,
	until            $TEXT,
	project_financed $INT NOT NULL CHECK (project_financed IN (0, 1)),
	points           $INT,
	merged_under     $INT,
	note             $TEXT NOT NULL,
	change_reason    $TEXT NOT NULL
);
CREATE INDEX draft_line_by_version ON draft_line (by_version);
CREATE UNIQUE INDEX draft_line_number ON draft_line (by_version, number);

CREATE TABLE draft_line_forms (
	owner $INT NOT NULL REFERENCES draft_line (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE draft_line_target_groups (
	owner $INT NOT NULL REFERENCES draft_line (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE draft_line_areas (
	owner  $INT NOT NULL REFERENCES draft_line (id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL CHECK (amount > 0 AND amount <= 10000),
	PRIMARY KEY (owner, code)
);
CREATE TABLE draft_line_ceilings (
	owner  $INT NOT NULL REFERENCES draft_line (id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL CHECK (amount >= 0),
	PRIMARY KEY (owner, code)
);

CREATE TABLE draft_proposal (
	id           $ID,
	version      $INT NOT NULL,
	by_version   $INT NOT NULL REFERENCES network_version (id),
	line         $INT,
	line_version $INT,
	district     $INT NOT NULL,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	capacity     $INT,
	text         $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn')),
	answer       $TEXT NOT NULL,
	owner        $INT NOT NULL,
	author       $TEXT NOT NULL,
	made_at      $TEXT NOT NULL
);
CREATE INDEX draft_proposal_by_version ON draft_proposal (by_version, state);
CREATE INDEX draft_proposal_by_district ON draft_proposal (district);
