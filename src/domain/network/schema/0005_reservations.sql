-- Conditions under which services stay in the network: the letter, the measure, the day, and how it ended.
CREATE TABLE reservation (
	id                $ID,
	version           $INT NOT NULL,
	line              $INT NOT NULL,
	service_name      $TEXT NOT NULL,
	service_name_sort $BYTES NOT NULL,
	service_name_fold $TEXT NOT NULL,
	letter            $TEXT NOT NULL,
	text              $TEXT NOT NULL,
	measure           $TEXT NOT NULL,
	due               $TEXT NOT NULL,
	state             $TEXT NOT NULL CHECK (state IN ('open', 'fulfilled', 'not_fulfilled')),
	imposed_on        $TEXT,
	resolution        $INT REFERENCES resolution (id),
	settled_on        $TEXT,
	evidence          $TEXT NOT NULL,
	provider          $INT
);
CREATE INDEX reservation_by_line ON reservation (line, state);
CREATE INDEX reservation_by_due ON reservation (state, due);
