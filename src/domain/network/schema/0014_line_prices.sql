-- What the rules give for a line of a version, why its ceiling is another amount, and the line that it became.
CREATE TABLE line_price (
	id         $ID,
	version    $INT NOT NULL,
	by_version $INT NOT NULL REFERENCES network_version (id),
	draft_line $INT,
	line       $INT,
	number     $TEXT NOT NULL,
	year       $INT NOT NULL,
	computed   $INT,
	ceiling    $INT,
	why        $TEXT NOT NULL,
	author     $TEXT NOT NULL,
	made_at    $TEXT NOT NULL
);
CREATE INDEX line_price_by_version ON line_price (by_version);
CREATE INDEX line_price_by_line ON line_price (line);
