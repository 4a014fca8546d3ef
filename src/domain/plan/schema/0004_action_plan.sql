-- The action plan of one year of a plan in force; what it says stands frozen in versions of its document.
CREATE TABLE action_plan (
	id             $ID,
	version        $INT NOT NULL,
	plan           $INT NOT NULL REFERENCES plan (id),
	year           $INT NOT NULL,
	title          $TEXT NOT NULL,
	state          $TEXT NOT NULL CHECK (state IN ('drafting', 'in_consultation', 'final', 'in_approval', 'in_force', 'closed')),
	activities     $TEXT NOT NULL,
	changed_at     $TEXT,
	changed_by     $TEXT NOT NULL,
	resolution     $INT REFERENCES resolution (id),
	document       $INT REFERENCES document (id),
	newest_version $INT REFERENCES document_version (id),
	valid_version  $INT REFERENCES document_version (id),
	UNIQUE (plan, year)
);

-- What a frozen version of a plan or of an action plan says about each card and year: later versions of cards are compared with it. Written once.
CREATE TABLE plan_frozen_card (
	document_version $INT NOT NULL REFERENCES document_version (id),
	card             $INT NOT NULL REFERENCES activity_card (id),
	year             $INT NOT NULL,
	code             $TEXT NOT NULL,
	title            $TEXT NOT NULL,
	starts_on        $TEXT,
	ends_on          $TEXT,
	capacity_target  $INT,
	cost             $INT,
	sources          $INT,
	PRIMARY KEY (document_version, card, year)
);
