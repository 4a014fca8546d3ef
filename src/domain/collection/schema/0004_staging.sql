-- What stood in the cells that the last pasted block or workbook wrote over, so that it can be put back as long as nothing else was saved.
CREATE TABLE submission_undo (
	submission  $INT PRIMARY KEY REFERENCES submission (id),
	row_version $INT NOT NULL,
	cells       $TEXT NOT NULL,
	what        $TEXT NOT NULL,
	at          $TEXT NOT NULL
);
