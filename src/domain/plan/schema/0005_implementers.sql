-- Who carries a card out: any number of providers of the register and of other organisations (a municipality, the region). One of both columns is given.
CREATE TABLE card_implementer (
	id           $ID,
	version      $INT NOT NULL,
	card         $INT NOT NULL REFERENCES activity_card (id),
	provider     $INT,
	organisation $INT REFERENCES organisation (id),
	role         $TEXT NOT NULL,
	CHECK ((provider IS NULL) <> (organisation IS NULL))
);
CREATE INDEX card_implementer_by_card ON card_implementer (card);
