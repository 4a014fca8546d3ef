-- Units of territory, their dated membership, population and boundaries.
CREATE TABLE territory (
	id         $ID,
	version    $INT NOT NULL,
	level      $TEXT NOT NULL,
	code       $TEXT NOT NULL,
	csu_code   $TEXT NOT NULL,
	name       $TEXT NOT NULL,
	name_sort  $BYTES NOT NULL,
	name_fold  $TEXT NOT NULL,
	code_fold  $TEXT NOT NULL,
	slug       $TEXT NOT NULL,
	seat       $TEXT NOT NULL,
	lon        $INT,
	lat        $INT,
	note       $TEXT NOT NULL,
	UNIQUE (level, code),
	UNIQUE (level, slug)
);
CREATE INDEX territory_by_name ON territory (name_sort, id);

CREATE TABLE membership (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	child         $INT NOT NULL REFERENCES territory (id),
	parent        $INT NOT NULL REFERENCES territory (id),
	parent_level  $TEXT NOT NULL
);
CREATE INDEX membership_by_id ON membership (id, recorded_from);
CREATE INDEX membership_by_child ON membership (child);
CREATE INDEX membership_by_parent ON membership (parent);

CREATE TABLE population (
	id         $ID,
	version    $INT NOT NULL,
	territory  $INT NOT NULL REFERENCES territory (id),
	counted_on $TEXT NOT NULL,
	sex        $TEXT NOT NULL,
	age_from   $INT NOT NULL,
	age_to     $INT NOT NULL,
	count      $INT NOT NULL CHECK (count >= 0),
	source     $TEXT NOT NULL,
	UNIQUE (territory, counted_on, sex, age_from, age_to, source)
);

-- Outline of a unit: rings of WGS84 points as text "lon lat,lon lat;…" in millionths of a degree, one "layer" per generalisation.
CREATE TABLE boundary (
	id        $ID,
	territory $INT NOT NULL REFERENCES territory (id),
	layer     $TEXT NOT NULL,
	rings     $TEXT NOT NULL,
	source    $TEXT NOT NULL,
	UNIQUE (territory, layer)
);

-- Parts of municipalities: addresses of the register name them, people know their postcodes. A part may have several: a row for each.
CREATE TABLE municipality_part (
	id        $ID,
	code      $TEXT NOT NULL,
	name      $TEXT NOT NULL,
	name_sort $BYTES NOT NULL,
	postcode  $TEXT NOT NULL,
	territory $INT NOT NULL REFERENCES territory (id),
	UNIQUE (code, postcode)
);
CREATE INDEX municipality_part_by_territory ON municipality_part (territory);
