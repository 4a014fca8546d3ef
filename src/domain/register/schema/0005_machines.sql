-- Suggestions and reports of errors move by steps of the workflow: suggestions can be withdrawn, reports are taken, answered or refused, and closed.

CREATE TABLE register_suggestion_new (
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
	state        $TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'withdrawn')),
	made_at      $TEXT NOT NULL,
	decided_at   $TEXT,
	decided_by   $TEXT NOT NULL,
	reason       $TEXT NOT NULL
);
INSERT INTO register_suggestion_new (id, version, service, object, object_id, object_name, field, seen, suggested, note, account, author, organisation,
                                     state, made_at, decided_at, decided_by, reason)
SELECT id, version, service, object, object_id, object_name, field, seen, suggested, note, account, author, organisation, state, made_at, decided_at,
       decided_by, reason
  FROM register_suggestion;
DROP TABLE register_suggestion;
ALTER TABLE register_suggestion_new RENAME TO register_suggestion;
CREATE INDEX register_suggestion_by_service ON register_suggestion (service);
CREATE INDEX register_suggestion_by_account ON register_suggestion (account);
CREATE INDEX register_suggestion_open ON register_suggestion (state);

CREATE TABLE error_report_new (
	id       $ID,
	version  $INT NOT NULL,
	service  $INT NOT NULL,
	said_at  $TEXT NOT NULL,
	text     $TEXT NOT NULL,
	email    $TEXT NOT NULL,
	state    $TEXT NOT NULL CHECK (state IN ('received', 'solving', 'answered', 'refused', 'closed')),
	taken_by $TEXT NOT NULL,
	done_at  $TEXT,
	done_by  $TEXT NOT NULL,
	answer   $TEXT NOT NULL
);
INSERT INTO error_report_new (id, version, service, said_at, text, email, state, taken_by, done_at, done_by, answer)
SELECT id, version, service, said_at, text, email, CASE WHEN state = 'done' THEN 'closed' ELSE 'received' END, '', done_at, done_by, ''
  FROM error_report;
DROP TABLE error_report;
ALTER TABLE error_report_new RENAME TO error_report;
CREATE INDEX error_report_state ON error_report (state, id);
