-- Restricted processing of one person's data (article 18 of GDPR): what was to be erased or changed waits until it is lifted.
CREATE TABLE person_restriction (
	account $INT NOT NULL PRIMARY KEY REFERENCES account (id),
	since   $TEXT NOT NULL,
	reason  $TEXT NOT NULL,
	by_whom $TEXT NOT NULL
);

-- Texts of pages that the region edits, each version dated; the newest one whose day has come holds.
CREATE TABLE site_text (
	id         $ID,
	page       $TEXT NOT NULL,
	valid_from $TEXT NOT NULL,
	title      $TEXT NOT NULL,
	body       $TEXT NOT NULL,
	made       $TEXT NOT NULL,
	account    $INT NOT NULL,
	author     $TEXT NOT NULL
);
CREATE INDEX site_text_page ON site_text (page, valid_from, id);

-- Announcements on every page, from a day to a day.
CREATE TABLE site_notice (
	id        $ID,
	version   $INT NOT NULL,
	text      $TEXT NOT NULL,
	link      $TEXT NOT NULL,
	urgent    $INT NOT NULL CHECK (urgent IN (0, 1)),
	first_day $TEXT NOT NULL,
	last_day  $TEXT
);
CREATE INDEX site_notice_first_day ON site_notice (first_day);
