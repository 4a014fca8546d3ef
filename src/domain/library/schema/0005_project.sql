-- Projects that paid for planning and for this application: numbers, period, sources, publicity.
CREATE TABLE project (
	id         $ID,
	version    $INT NOT NULL,
	number     $TEXT NOT NULL UNIQUE,
	name       $TEXT NOT NULL,
	name_sort  $BYTES NOT NULL,
	name_fold  $TEXT NOT NULL,
	programme  $TEXT NOT NULL,
	first_day  $TEXT NOT NULL,
	last_day   $TEXT NOT NULL,
	goal       $TEXT NOT NULL,
	for_whom   $TEXT NOT NULL,
	outputs    $TEXT NOT NULL,
	publicity  $TEXT NOT NULL,
	url        $TEXT NOT NULL,
	is_public  $INT NOT NULL CHECK (is_public IN (0, 1)),
	CHECK (last_day >= first_day)
);

-- Where a project's money comes from.
CREATE TABLE project_source (
	id       $ID,
	version  $INT NOT NULL,
	project  $INT NOT NULL REFERENCES project (id),
	name     $TEXT NOT NULL,
	amount   $INT NOT NULL CHECK (amount >= 0),
	position $INT,
	UNIQUE (project, name)
);
