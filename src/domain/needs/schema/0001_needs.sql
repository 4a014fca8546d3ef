-- Needs of people in territories, offers that help to answer them, what answers them, answers of the region that say no, snapshots.

CREATE TABLE need (
	id               $ID,
	version          $INT NOT NULL,
	title            $TEXT NOT NULL,
	title_sort       $BYTES NOT NULL,
	title_fold       $TEXT NOT NULL,
	year             $INT NOT NULL,
	territory        $INT NOT NULL,
	target_group     $TEXT NOT NULL,
	situation        $TEXT NOT NULL,
	persons          $INT NOT NULL,
	served_now       $INT,
	refused          $INT,
	kind             $TEXT NOT NULL,
	form             $TEXT NOT NULL,
	unit             $TEXT NOT NULL,
	missing_capacity $INT,
	evidence         $TEXT NOT NULL,
	evidence_text    $TEXT NOT NULL,
	body             $INT,
	rank_district    $INT,
	rank_region      $INT,
	state            $TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'agreed_group', 'agreed_steering', 'accepted', 'rejected', 'covered', 'unanswered',
	                                                 'closed', 'withdrawn')),
	answer_reason    $TEXT NOT NULL,
	review_date      $TEXT,
	district         $INT,
	municipality     $INT,
	provider         $INT,
	owner            $INT NOT NULL,
	author           $TEXT NOT NULL,
	organisation     $TEXT NOT NULL,
	made_at          $TEXT NOT NULL
);
-- Two needs of a district never stand in the same place of its order, nor two of the region.
CREATE UNIQUE INDEX need_rank_district ON need (district, rank_district) WHERE rank_district IS NOT NULL;
CREATE UNIQUE INDEX need_rank_region ON need (rank_region) WHERE rank_region IS NOT NULL;
CREATE INDEX need_by_district ON need (district, state);
CREATE INDEX need_by_municipality ON need (municipality);
CREATE INDEX need_by_title ON need (title_sort);
CREATE INDEX need_by_state ON need (state, made_at);

CREATE TABLE need_offer (
	id           $ID,
	version      $INT NOT NULL,
	need         $INT NOT NULL REFERENCES need (id),
	kind         $TEXT NOT NULL,
	municipality $INT,
	district     $INT,
	text         $TEXT NOT NULL,
	year         $INT,
	amount       $INT,
	offered_to   $TEXT,
	withdrawn_on $TEXT,
	owner        $INT NOT NULL,
	author       $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	made_at      $TEXT NOT NULL
);
CREATE INDEX need_offer_by_need ON need_offer (need);

-- What answers a need: a service, an activity card, a line of the network. The subjects higher up are known by a word and a number only.
CREATE TABLE need_link (
	id          $ID,
	version     $INT NOT NULL,
	need        $INT NOT NULL REFERENCES need (id),
	object      $TEXT NOT NULL,
	object_id   $INT NOT NULL,
	object_name $TEXT NOT NULL,
	note        $TEXT NOT NULL,
	account     $INT NOT NULL,
	author      $TEXT NOT NULL,
	made_at     $TEXT NOT NULL
);
CREATE UNIQUE INDEX need_link_once ON need_link (need, object, object_id);
CREATE INDEX need_link_by_object ON need_link (object, object_id);

CREATE TABLE unanswered_need (
	id               $ID,
	version          $INT NOT NULL,
	need             $INT REFERENCES need (id),
	title            $TEXT NOT NULL,
	title_sort       $BYTES NOT NULL,
	title_fold       $TEXT NOT NULL,
	district         $INT,
	target_group     $TEXT NOT NULL,
	kind             $TEXT NOT NULL,
	unit             $TEXT NOT NULL,
	missing_capacity $INT,
	reason           $TEXT NOT NULL,
	text             $TEXT NOT NULL,
	resolution       $TEXT NOT NULL,
	review_date      $TEXT NOT NULL,
	published_at     $TEXT NOT NULL,
	ended_on         $TEXT,
	ended_why        $TEXT NOT NULL,
	object           $TEXT NOT NULL,
	object_id        $INT
);
CREATE INDEX unanswered_need_open ON unanswered_need (ended_on, review_date);
CREATE INDEX unanswered_need_by_need ON unanswered_need (need);

CREATE TABLE optimal_capacity (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	year          $INT,
	kind          $TEXT NOT NULL,
	unit          $TEXT NOT NULL,
	district      $INT,
	value         $INT,
	source        $TEXT NOT NULL,
	resolution    $TEXT NOT NULL
);
CREATE INDEX optimal_capacity_by_id ON optimal_capacity (id, recorded_from);
CREATE INDEX optimal_capacity_by_year ON optimal_capacity (year, district);

-- Rows of a snapshot are never changed; the digest of all of them stands in its head.
CREATE TABLE need_snapshot (
	id      $ID,
	day     $TEXT NOT NULL,
	kind    $TEXT NOT NULL CHECK (kind IN ('regular', 'manual')),
	title   $TEXT NOT NULL,
	made_at $TEXT NOT NULL,
	author  $TEXT NOT NULL,
	needs   $INT NOT NULL,
	sha256  $BYTES NOT NULL
);
CREATE UNIQUE INDEX need_snapshot_regular ON need_snapshot (day) WHERE kind = 'regular';
CREATE TABLE need_snapshot_row (
	snapshot         $INT NOT NULL REFERENCES need_snapshot (id),
	need             $INT NOT NULL,
	title            $TEXT NOT NULL,
	year             $INT NOT NULL,
	territory        $TEXT NOT NULL,
	district         $TEXT NOT NULL,
	target_group     $TEXT NOT NULL,
	kind             $TEXT NOT NULL,
	unit             $TEXT NOT NULL,
	missing_capacity $INT,
	persons          $INT NOT NULL,
	state            $TEXT NOT NULL,
	rank_district    $INT,
	rank_region      $INT,
	PRIMARY KEY (snapshot, need)
);
