-- Vehicles of organisations, dated.

CREATE TABLE vehicle (
	row_id        $ID,
	id            $INT NOT NULL,
	version       $INT NOT NULL,
	valid_from    $TEXT NOT NULL,
	valid_to      $TEXT,
	recorded_from $TEXT NOT NULL,
	recorded_to   $TEXT,
	plate         $TEXT NOT NULL,
	plate_fold    $TEXT NOT NULL,
	owner         $INT,
	state         $TEXT NOT NULL,
	seats         $INT,
	has_lift      $INT NOT NULL CHECK (has_lift IN (0, 1)),
	price         $INT,
	bought_on     $TEXT,
	note          $TEXT NOT NULL
);
CREATE INDEX vehicle_by_id ON vehicle (id, recorded_from);
