-- Computations that were kept: the whole tree of a number, written once, and the PDF that was made of it once.

CREATE TABLE calculation (
	id          $ID,
	owner_kind  $TEXT NOT NULL,
	owner       $INT NOT NULL,
	rule        $TEXT NOT NULL,
	title       $TEXT NOT NULL,
	result      $TEXT NOT NULL,
	rule_set    $INT REFERENCES rule_set (id),
	set_code    $TEXT NOT NULL,
	set_digest  $TEXT NOT NULL,
	day         $TEXT NOT NULL,
	tree        $TEXT NOT NULL,
	tree_sha256 $TEXT NOT NULL,
	made_at     $TEXT NOT NULL,
	job         $INT,
	file        $INT REFERENCES stored_file (id),
	file_sha256 $TEXT NOT NULL
);
CREATE INDEX calculation_owner ON calculation (owner_kind, owner, id);
