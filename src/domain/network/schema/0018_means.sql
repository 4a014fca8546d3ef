-- What the region reckons with for its network in a year that no plan in force has an outlook for.
CREATE TABLE network_means (
	id         $ID,
	version    $INT NOT NULL,
	year       $INT NOT NULL UNIQUE,
	amount     $INT NOT NULL,
	source     $TEXT NOT NULL,
	resolution $INT REFERENCES resolution (id)
);
