-- Reference values per kind of service, unit and year: both inputs of the choice are kept beside the values in use.
CREATE TABLE reference_value (
	id             $ID,
	version        $INT NOT NULL,
	year           $INT NOT NULL,
	kind           $TEXT NOT NULL,
	unit           $TEXT NOT NULL,
	cost           $INT NOT NULL,
	revenue        $INT NOT NULL,
	region_value   $INT,
	providers      $INT,
	national_value $INT,
	source         $TEXT NOT NULL,
	UNIQUE (year, kind, unit)
);
