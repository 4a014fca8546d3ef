-- Calls for entry into the network, applications, statements of municipalities, sheets of reviewers.

CREATE TABLE call (
	id             $ID,
	version        $INT NOT NULL,
	title          $TEXT NOT NULL,
	title_sort     $BYTES NOT NULL,
	title_fold     $TEXT NOT NULL,
	target_year    $INT NOT NULL,
	about          $TEXT NOT NULL,
	extraordinary  $INT NOT NULL,
	opens_rule     $TEXT NOT NULL,
	closes_rule    $TEXT NOT NULL,
	statements_rule $TEXT NOT NULL,
	opens_at       $TEXT,
	closes_at      $TEXT,
	statements_until $TEXT,
	why            $TEXT NOT NULL,
	attachments    $TEXT NOT NULL,
	form_a         $INT REFERENCES form_version (id),
	form_b         $INT REFERENCES form_version (id),
	form_c         $INT REFERENCES form_version (id),
	state          $TEXT NOT NULL CHECK (state IN ('planned', 'announced', 'open', 'closed', 'finished', 'cancelled', 'archived')),
	announced_at   $TEXT
);
CREATE INDEX call_by_state ON call (state, closes_at);
CREATE TABLE call_types (
	owner $INT NOT NULL REFERENCES call (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE call_kinds (
	owner $INT NOT NULL REFERENCES call (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
-- What a call is limited to: object "district" (a unit of territory) or "need". Without a row it is limited by nothing of that sort.
CREATE TABLE call_target (
	call      $INT NOT NULL REFERENCES call (id),
	object    $TEXT NOT NULL CHECK (object IN ('district', 'need')),
	object_id $INT NOT NULL,
	PRIMARY KEY (call, object, object_id)
);

-- Numbers of the submission that was accepted stand here from the moment it was submitted.
CREATE TABLE network_application (
	id           $ID,
	version      $INT NOT NULL,
	call         $INT NOT NULL REFERENCES call (id),
	type         $TEXT NOT NULL CHECK (type IN ('A', 'B', 'C')),
	provider     $INT NOT NULL,
	service      $INT,
	name         $TEXT NOT NULL,
	name_sort    $BYTES NOT NULL,
	name_fold    $TEXT NOT NULL,
	kind         $TEXT NOT NULL,
	form         $TEXT NOT NULL,
	target_group $TEXT NOT NULL,
	unit         $TEXT NOT NULL,
	capacity_now $INT,
	capacity     $INT,
	starts_on    $TEXT,
	costs        $INT,
	vp           $INT,
	co_funding   $INT,
	district     $INT,
	submission   $INT,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'checked', 'stated', 'scored', 'proposed', 'included', 'refused', 'deferred', 'refused_formally',
	                                             'withdrawn')),
	proposal     $TEXT NOT NULL,
	points       $INT,
	place        $INT,
	resolution   $TEXT NOT NULL,
	decided_on   $TEXT,
	letter       $TEXT NOT NULL,
	owner        $INT NOT NULL,
	author       $TEXT NOT NULL,
	made_at      $TEXT NOT NULL
);
CREATE INDEX network_application_by_call ON network_application (call, state);
CREATE INDEX network_application_by_provider ON network_application (provider, state);
CREATE TABLE network_application_areas (
	owner  $INT NOT NULL REFERENCES network_application (id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL,
	PRIMARY KEY (owner, code)
);

CREATE TABLE municipal_statement (
	id           $ID,
	version      $INT NOT NULL,
	application  $INT NOT NULL REFERENCES network_application (id),
	name         $TEXT NOT NULL,
	name_sort    $BYTES NOT NULL,
	name_fold    $TEXT NOT NULL,
	district     $INT NOT NULL,
	municipality $INT,
	share        $INT NOT NULL,
	due          $TEXT,
	verdict      $TEXT NOT NULL,
	persons      $INT,
	reason       $TEXT NOT NULL,
	accord       $TEXT NOT NULL,
	co_funding   $INT,
	body         $TEXT NOT NULL,
	decided_on   $TEXT,
	number       $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('requested', 'signed', 'delivered', 'used', 'none')),
	delivered_at $TEXT,
	signed_by    $TEXT NOT NULL,
	made_at      $TEXT NOT NULL,
	UNIQUE (application, district)
);
CREATE INDEX municipal_statement_by_district ON municipal_statement (district, state);

-- conflict: '' not declared yet, 'none', or 'yes' with the reason.
CREATE TABLE score_sheet (
	id          $ID,
	version     $INT NOT NULL,
	application $INT NOT NULL REFERENCES network_application (id),
	reviewer    $INT NOT NULL,
	name        $TEXT NOT NULL,
	name_sort   $BYTES NOT NULL,
	name_fold   $TEXT NOT NULL,
	turn        $INT NOT NULL,
	conflict    $TEXT NOT NULL,
	conflict_why $TEXT NOT NULL,
	override_why $TEXT NOT NULL,
	state       $TEXT NOT NULL CHECK (state IN ('assigned', 'scoring', 'finished', 'excluded')),
	points      $INT,
	finished_at $TEXT,
	made_at     $TEXT NOT NULL,
	UNIQUE (application, reviewer)
);
CREATE INDEX score_sheet_by_reviewer ON score_sheet (reviewer, state);
-- computed: points that the program found, NULL where it is for the reviewer to judge.
CREATE TABLE score_item (
	sheet     $INT NOT NULL REFERENCES score_sheet (id),
	criterion $TEXT NOT NULL,
	points    $INT,
	computed  $INT,
	how       $TEXT NOT NULL,
	reason    $TEXT NOT NULL,
	PRIMARY KEY (sheet, criterion)
);
