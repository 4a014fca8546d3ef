-- What people who know a service would change in the register, value by value, and what was decided about it.

CREATE TABLE register_suggestion (
	id           $ID,
	version      $INT NOT NULL,
	service      $INT NOT NULL,
	object       $TEXT NOT NULL,
	object_id    $INT NOT NULL,
	object_name  $TEXT NOT NULL,
	field        $TEXT NOT NULL,
	seen         $TEXT NOT NULL,
	suggested    $TEXT NOT NULL,
	note         $TEXT NOT NULL,
	account      $INT NOT NULL,
	author       $TEXT NOT NULL,
	organisation $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
	made_at      $TEXT NOT NULL,
	decided_at   $TEXT,
	decided_by   $TEXT NOT NULL,
	reason       $TEXT NOT NULL
);
CREATE INDEX register_suggestion_by_service ON register_suggestion (service);
CREATE INDEX register_suggestion_by_account ON register_suggestion (account);
CREATE INDEX register_suggestion_open ON register_suggestion (state);
