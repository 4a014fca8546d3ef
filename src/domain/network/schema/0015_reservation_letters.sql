-- The letter of a reservation, word for word, and the PDF that was made of it once.
CREATE TABLE reservation_paper (
	id          $ID,
	reservation $INT NOT NULL UNIQUE REFERENCES reservation (id),
	title       $TEXT NOT NULL,
	text        $TEXT NOT NULL,
	text_sha256 $TEXT NOT NULL,
	made_at     $TEXT NOT NULL,
	job         $INT,
	file        $INT REFERENCES stored_file (id),
	sha256      $TEXT NOT NULL
);
