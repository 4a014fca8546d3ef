-- News and notices of the region: from a day, mostly to a day, some of them urgent.
CREATE TABLE news (
	id           $ID,
	version      $INT NOT NULL,
	kind         $TEXT NOT NULL,
	title        $TEXT NOT NULL,
	title_sort   $BYTES NOT NULL,
	title_fold   $TEXT NOT NULL,
	summary      $TEXT NOT NULL,
	body         $TEXT NOT NULL,
	urgent       $INT NOT NULL CHECK (urgent IN (0, 1)),
	first_day    $TEXT NOT NULL,
	last_day     $TEXT,
	link         $TEXT NOT NULL,
	hours        $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	account      $INT,
	author       $TEXT NOT NULL,
	published_by $TEXT NOT NULL,
	published_at $TEXT,
	changed_at   $TEXT,
	indexed      $INT NOT NULL,
	CHECK (last_day IS NULL OR last_day >= first_day)
);
CREATE INDEX news_state ON news (state, first_day, id);

-- Whom to ask about what: functions of the office, not private persons.
CREATE TABLE office_contact (
	id         $ID,
	version    $INT NOT NULL,
	title      $TEXT NOT NULL,
	title_sort $BYTES NOT NULL,
	title_fold $TEXT NOT NULL,
	helps_with $TEXT NOT NULL,
	phone      $TEXT NOT NULL,
	email      $TEXT NOT NULL,
	place      $TEXT NOT NULL,
	hours      $TEXT NOT NULL,
	position   $INT
);
