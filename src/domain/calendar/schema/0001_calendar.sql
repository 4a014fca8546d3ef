-- Changed working days, templates of the year's windows, windows of a year, exceptions for one respondent, reminders that went out.

CREATE TABLE free_day (
	id      $ID,
	version $INT NOT NULL,
	day     $TEXT NOT NULL UNIQUE,
	works   $INT NOT NULL,
	name    $TEXT NOT NULL,
	note    $TEXT NOT NULL
);

CREATE TABLE window_template (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	code          $TEXT NOT NULL,
	title         $TEXT NOT NULL,
	title_sort    $BYTES NOT NULL,
	title_fold    $TEXT NOT NULL,
	kind          $TEXT NOT NULL,
	opens_rule    $TEXT NOT NULL,
	closes_rule   $TEXT NOT NULL,
	stays         $INT NOT NULL,
	reminders     $TEXT NOT NULL,
	is_public     $INT NOT NULL,
	law           $TEXT NOT NULL,
	link          $TEXT NOT NULL,
	note          $TEXT NOT NULL,
	position      $INT,
	CHECK (valid_to IS NULL OR valid_to >= valid_from),
	CHECK (recorded_to IS NULL OR recorded_to > recorded_from)
);
CREATE UNIQUE INDEX window_template_believed ON window_template (id, valid_from) WHERE recorded_to IS NULL;
CREATE INDEX window_template_id ON window_template (id, recorded_from);

CREATE TABLE window_template_audience (
	owner $INT NOT NULL REFERENCES window_template (row_id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);

CREATE TABLE calendar_window (
	id             $ID,
	version        $INT NOT NULL,
	template       $TEXT NOT NULL,
	year           $INT NOT NULL,
	kind           $TEXT NOT NULL,
	title          $TEXT NOT NULL,
	opens_rule     $TEXT NOT NULL,
	closes_rule    $TEXT NOT NULL,
	stays          $INT NOT NULL,
	reminders      $TEXT NOT NULL,
	is_public      $INT NOT NULL,
	law            $TEXT NOT NULL,
	link           $TEXT NOT NULL,
	note           $TEXT NOT NULL,
	opens_at       $TEXT,
	opens_wording  $TEXT NOT NULL,
	opens_why      $TEXT NOT NULL,
	closes_at      $TEXT,
	closes_wording $TEXT NOT NULL,
	closes_shift   $TEXT NOT NULL,
	closes_why     $TEXT NOT NULL,
	changed_at     $TEXT,
	cancelled_at   $TEXT,
	cancel_reason  $TEXT NOT NULL
);
CREATE INDEX calendar_window_year ON calendar_window (year, closes_at);
CREATE UNIQUE INDEX calendar_window_template ON calendar_window (template, year) WHERE template <> '';

CREATE TABLE calendar_window_audience (
	owner $INT NOT NULL REFERENCES calendar_window (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);

-- The newest one of a respondent holds; older ones stay as evidence.
CREATE TABLE window_exception (
	id              $ID,
	version         $INT NOT NULL,
	calendar_window $INT NOT NULL REFERENCES calendar_window (id),
	scope_kind      $TEXT NOT NULL,
	scope_ref       $INT NOT NULL,
	respondent      $TEXT NOT NULL,
	closes_at       $TEXT NOT NULL,
	wording         $TEXT NOT NULL,
	why             $TEXT NOT NULL,
	reason          $TEXT NOT NULL,
	author          $TEXT NOT NULL,
	decided_at      $TEXT NOT NULL
);
CREATE INDEX window_exception_window ON window_exception (calendar_window, scope_kind, scope_ref, id);

-- What went out, once: to whom, about which deadline, by which line of the plan.
CREATE TABLE window_reminder (
	calendar_window $INT NOT NULL REFERENCES calendar_window (id),
	account         $INT NOT NULL,
	deadline        $TEXT NOT NULL,
	rule            $TEXT NOT NULL,
	sent_at         $TEXT NOT NULL,
	PRIMARY KEY (calendar_window, account, deadline, rule)
);
