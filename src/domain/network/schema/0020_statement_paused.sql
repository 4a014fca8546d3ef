-- A statement is paused while the application that it is about is being corrected.
CREATE TABLE municipal_statement_new (
	id           $ID,
	version      $INT NOT NULL,
	application  $INT NOT NULL REFERENCES network_application (id),
	name         $TEXT NOT NULL,
	name_sort    $BYTES NOT NULL,
	name_fold    $TEXT NOT NULL,
	district     $INT NOT NULL,
	municipality $INT,
	share        $INT NOT NULL,
	due          $TEXT,
	verdict      $TEXT NOT NULL,
	persons      $INT,
	reason       $TEXT NOT NULL,
	accord       $TEXT NOT NULL,
	co_funding   $INT,
	body         $TEXT NOT NULL,
	decided_on   $TEXT,
	number       $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('requested', 'signed', 'delivered', 'used', 'none', 'paused')),
	delivered_at $TEXT,
	signed_by    $TEXT NOT NULL,
	made_at      $TEXT NOT NULL,
	UNIQUE (application, district)
);
INSERT INTO municipal_statement_new (id, version, application, name, name_sort, name_fold, district, municipality, share, due, verdict, persons, reason, accord, co_funding, body, decided_on, number, state,
       delivered_at, signed_by, made_at)
SELECT id, version, application, name, name_sort, name_fold, district, municipality, share, due, verdict, persons, reason, accord, co_funding, body, decided_on, number, state,
       delivered_at, signed_by, made_at
  FROM municipal_statement;
DROP TABLE municipal_statement;
ALTER TABLE municipal_statement_new RENAME TO municipal_statement;
CREATE INDEX municipal_statement_by_district ON municipal_statement (district, state);
