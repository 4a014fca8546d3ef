-- Files that were judged before they change anything.

-- digest: of the judgement that the sender saw; the file is judged anew when it is applied. A forgotten file leaves NULL.
CREATE TABLE import_preview (
	id           $ID,
	account      $INT NOT NULL,
	entity       $TEXT NOT NULL,
	file         $INT REFERENCES stored_file (id),
	file_name    $TEXT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dropped')),
	same         $INT NOT NULL,
	added        $INT NOT NULL,
	changed      $INT NOT NULL,
	errors       $INT NOT NULL,
	digest       $BYTES NOT NULL,
	data_version $INT NOT NULL,
	made         $TEXT NOT NULL,
	applied      $TEXT
);
CREATE INDEX import_preview_file ON import_preview (file);
CREATE INDEX import_preview_made ON import_preview (made);
