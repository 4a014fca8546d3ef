-- Annex 2 of a plan, the outlook of money, as an officer enters it: what the parts of the network cost in each year and who pays. One head per plan, whose
-- version counts the savings of the whole table.
CREATE TABLE plan_outlook (
	id               $ID,
	version          $INT NOT NULL,
	plan             $INT NOT NULL UNIQUE REFERENCES plan (id),
	note             $TEXT NOT NULL,
	changed_at       $TEXT,
	changed_by       $TEXT NOT NULL,
	accepted_missing $INT,
	accepted_why     $TEXT NOT NULL,
	accepted_by      $TEXT NOT NULL,
	accepted_at      $TEXT
);

-- No row means that nobody has said; a row with zero means zero. The item is "provoz", "investice" or the code of a source.
CREATE TABLE plan_outlook_cell (
	id      $ID,
	version $INT NOT NULL,
	outlook $INT NOT NULL REFERENCES plan_outlook (id),
	part    $TEXT NOT NULL,
	item    $TEXT NOT NULL,
	year    $INT NOT NULL,
	amount  $INT NOT NULL,
	UNIQUE (outlook, part, item, year)
);
