-- The strategy of a plan (priorities, goals, measures) and its activity cards: where, for whom, with whom, money by year and source, indicators, monitoring.
CREATE TABLE strategy_item (
	id         $ID,
	version    $INT NOT NULL,
	plan       $INT NOT NULL REFERENCES plan (id),
	level      $TEXT NOT NULL,
	parent     $INT REFERENCES strategy_item (id),
	code       $TEXT NOT NULL,
	title      $TEXT NOT NULL,
	title_fold $TEXT NOT NULL,
	text       $TEXT NOT NULL,
	place      $INT NOT NULL,
	UNIQUE (plan, code)
);
CREATE INDEX strategy_item_by_parent ON strategy_item (plan, parent, place);

CREATE TABLE activity_card (
	id              $ID,
	version         $INT NOT NULL,
	plan            $INT NOT NULL REFERENCES plan (id),
	code            $TEXT NOT NULL,
	code_fold       $TEXT NOT NULL,
	title           $TEXT NOT NULL,
	title_sort      $BYTES NOT NULL,
	title_fold      $TEXT NOT NULL,
	measure         $INT NOT NULL REFERENCES strategy_item (id),
	description     $TEXT NOT NULL,
	justification   $TEXT NOT NULL,
	change_type     $TEXT NOT NULL,
	unit            $TEXT NOT NULL,
	capacity_now    $INT,
	capacity_target $INT,
	implementer     $INT,
	partners        $TEXT NOT NULL,
	responsible     $TEXT NOT NULL,
	starts_on       $TEXT,
	ends_on         $TEXT,
	risks           $TEXT NOT NULL,
	conditions      $TEXT NOT NULL,
	district        $INT REFERENCES territory (id),
	municipality    $INT REFERENCES territory (id),
	state           $TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'running', 'done', 'stopped', 'moved')),
	UNIQUE (plan, code)
);
CREATE INDEX activity_card_by_measure ON activity_card (measure);
CREATE TABLE activity_card_target_groups (
	owner $INT NOT NULL REFERENCES activity_card (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE activity_card_kinds (
	owner $INT NOT NULL REFERENCES activity_card (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE activity_card_forms (
	owner $INT NOT NULL REFERENCES activity_card (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);

CREATE TABLE card_territory (
	id        $ID,
	version   $INT NOT NULL,
	card      $INT NOT NULL REFERENCES activity_card (id),
	territory $INT NOT NULL REFERENCES territory (id),
	UNIQUE (card, territory)
);

-- An exclusion stands once, with the smaller number first: it holds both ways.
CREATE TABLE card_relation (
	id      $ID,
	version $INT NOT NULL,
	card    $INT NOT NULL REFERENCES activity_card (id),
	kind    $TEXT NOT NULL CHECK (kind IN ('depends', 'excludes')),
	other   $INT NOT NULL REFERENCES activity_card (id),
	UNIQUE (card, kind, other)
);
CREATE INDEX card_relation_by_other ON card_relation (other);

CREATE TABLE card_year (
	id              $ID,
	version         $INT NOT NULL,
	card            $INT NOT NULL REFERENCES activity_card (id),
	year            $INT NOT NULL,
	operating_cost  $INT,
	investment_cost $INT,
	milestone       $TEXT NOT NULL,
	UNIQUE (card, year)
);

-- No row means that nobody has said; a row with zero means that the source gives nothing.
CREATE TABLE card_source (
	id      $ID,
	version $INT NOT NULL,
	card    $INT NOT NULL REFERENCES activity_card (id),
	year    $INT NOT NULL,
	source  $TEXT NOT NULL,
	amount  $INT NOT NULL,
	UNIQUE (card, year, source)
);

CREATE TABLE card_indicator (
	id       $ID,
	version  $INT NOT NULL,
	card     $INT NOT NULL REFERENCES activity_card (id),
	name     $TEXT NOT NULL,
	unit     $TEXT NOT NULL,
	baseline $INT,
	target   $INT,
	source   $TEXT NOT NULL,
	UNIQUE (card, name)
);

CREATE TABLE card_monitoring (
	id        $ID,
	version   $INT NOT NULL,
	card      $INT NOT NULL REFERENCES activity_card (id),
	indicator $INT REFERENCES card_indicator (id),
	day       $TEXT NOT NULL,
	value     $INT,
	text      $TEXT NOT NULL
);
CREATE INDEX card_monitoring_by_card ON card_monitoring (card, day);
