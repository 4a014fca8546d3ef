-- PDFs of print views, found by the digest of what they were made of. source: the HTML, until it is rendered.
CREATE TABLE printout (
	id        $ID,
	digest    $TEXT NOT NULL UNIQUE,
	name      $TEXT NOT NULL,
	is_large  $INT NOT NULL CHECK (is_large IN (0, 1)),
	source    $INT REFERENCES stored_file (id),
	file      $INT REFERENCES stored_file (id),
	job       $INT NOT NULL,
	asked     $TEXT NOT NULL,
	made      $TEXT
);
CREATE INDEX printout_source ON printout (source);
CREATE INDEX printout_file ON printout (file);
CREATE INDEX printout_asked ON printout (asked);
