-- What is decided of single lines between versions.
CREATE TABLE line_decision (
	id                $ID,
	version           $INT NOT NULL,
	kind              $TEXT NOT NULL,
	line              $INT,
	line_version      $INT,
	service_name      $TEXT NOT NULL,
	service_name_sort $BYTES NOT NULL,
	service_name_fold $TEXT NOT NULL,
	provider          $INT,
	from_day          $TEXT,
	end_reason        $TEXT NOT NULL,
	successor         $INT,
	service           $INT,
	unit              $TEXT NOT NULL,
	capacity          $INT,
	level             $TEXT NOT NULL,
	since             $TEXT,
	until             $TEXT,
	why               $TEXT NOT NULL,
	resolution        $INT REFERENCES resolution (id),
	state             $TEXT NOT NULL CHECK (state IN ('waiting', 'watched', 'done', 'refused'))
);
CREATE INDEX line_decision_by_line ON line_decision (line);
CREATE INDEX line_decision_by_state ON line_decision (state);
CREATE TABLE line_decision_areas (
	owner  $INT NOT NULL REFERENCES line_decision (id),
	code   $TEXT NOT NULL,
	amount $INT NOT NULL CHECK (amount > 0 AND amount <= 10000),
	PRIMARY KEY (owner, code)
);
