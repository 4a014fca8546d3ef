-- Working groups that care for an item of the strategy, and the indicators of cards by which it is judged.
CREATE TABLE strategy_item_working_groups (
	owner $INT NOT NULL REFERENCES strategy_item (id),
	code  $TEXT NOT NULL,
	PRIMARY KEY (owner, code)
);
CREATE TABLE strategy_indicator (
	id        $ID,
	version   $INT NOT NULL,
	item      $INT NOT NULL REFERENCES strategy_item (id),
	indicator $INT NOT NULL REFERENCES card_indicator (id),
	UNIQUE (item, indicator)
);
CREATE INDEX strategy_indicator_by_indicator ON strategy_indicator (indicator);
