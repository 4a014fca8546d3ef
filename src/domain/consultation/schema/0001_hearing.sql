-- Public hearings and who signed up for them. Seats are accounts of the ledger (book "seats", object "hearing").

-- object, object_id: what it belongs to ("consultation" 5); '' and NULL = it stands alone.
CREATE TABLE hearing (
	id             $ID,
	version        $INT NOT NULL,
	title          $TEXT NOT NULL,
	title_fold     $TEXT NOT NULL,
	title_sort     $BYTES NOT NULL,
	object         $TEXT NOT NULL,
	object_id      $INT,
	district       $INT,
	about          $TEXT NOT NULL,
	day            $TEXT NOT NULL,
	starts         $TEXT NOT NULL,
	ends           $TEXT NOT NULL,
	begins_at      $TEXT,
	ends_at        $TEXT,
	building       $TEXT NOT NULL,
	room           $TEXT NOT NULL,
	online_url     $TEXT NOT NULL,
	accessibility  $TEXT NOT NULL,
	capacity       $INT NOT NULL CHECK (capacity >= 0),
	reserved       $INT NOT NULL CHECK (reserved >= 0),
	policy         $TEXT NOT NULL,
	quota          $INT,
	signup_day     $TEXT NOT NULL,
	signup_time    $TEXT NOT NULL,
	signup_until   $TEXT,
	contact        $TEXT NOT NULL,
	contact_email  $TEXT NOT NULL,
	contact_phone  $TEXT NOT NULL,
	notice_waiver  $TEXT NOT NULL,
	state          $TEXT NOT NULL,
	published_at   $TEXT,
	minutes        $TEXT NOT NULL,
	minutes_file   $INT REFERENCES stored_file (id),
	slides_file    $INT REFERENCES stored_file (id),
	minutes_verified_at $TEXT
);
CREATE INDEX hearing_day ON hearing (day);
CREATE INDEX hearing_object ON hearing (object, object_id);

-- position: in the order in which sign-ups were confirmed, within the hearing; never changes. NULL = not confirmed yet.
CREATE TABLE signup (
	id             $ID,
	version        $INT NOT NULL,
	hearing        $INT NOT NULL REFERENCES hearing (id),
	district       $INT,
	code           $TEXT NOT NULL,
	name           $TEXT NOT NULL,
	name_fold      $TEXT NOT NULL,
	name_sort      $BYTES NOT NULL,
	organisation   $TEXT NOT NULL,
	organisation_fold $TEXT NOT NULL,
	email          $TEXT NOT NULL,
	email_fold     $TEXT NOT NULL,
	phone          $TEXT NOT NULL,
	role           $TEXT NOT NULL,
	question       $TEXT NOT NULL,
	consent        $INT NOT NULL,
	channel        $TEXT NOT NULL,
	reserved       $INT NOT NULL,
	state          $TEXT NOT NULL,
	position       $INT,
	registered_at  $TEXT NOT NULL,
	confirmed_at   $TEXT,
	checked_in_at  $TEXT,
	reminded_at    $TEXT,
	shredded_at    $TEXT,
	UNIQUE (hearing, code)
);
CREATE UNIQUE INDEX signup_position ON signup (hearing, position) WHERE position IS NOT NULL;
CREATE INDEX signup_state ON signup (hearing, state, position);
CREATE INDEX signup_organisation ON signup (hearing, organisation_fold, state);
CREATE INDEX signup_email ON signup (email_fold, hearing);

-- The link that confirms a sign-up: its digest alone, until it is used or its time is over.
CREATE TABLE signup_token (
	digest $BYTES NOT NULL PRIMARY KEY,
	signup $INT NOT NULL UNIQUE REFERENCES signup (id),
	until  $TEXT NOT NULL
);
