-- Points by rule sets: the set that a call names, what was known of an application when its statements were closed, what follows from its points.

ALTER TABLE call ADD COLUMN rules $INT;
ALTER TABLE network_application ADD COLUMN level $TEXT NOT NULL DEFAULT '';
-- Values of the rules shoda_1, shoda_2, … as fractions parted by semicolons; an empty one stands behind all others.
ALTER TABLE network_application ADD COLUMN ties $TEXT NOT NULL DEFAULT '';
ALTER TABLE network_application ADD COLUMN money_needed $INT;
ALTER TABLE network_application ADD COLUMN refusal_reason $TEXT NOT NULL DEFAULT '';
ALTER TABLE network_application ADD COLUMN deferred_until $TEXT;

-- input: the key of its name in rule sets. value: a fraction, a text, ano or ne.
CREATE TABLE application_cell (
	application $INT NOT NULL REFERENCES network_application (id),
	input       $TEXT NOT NULL,
	state       $TEXT NOT NULL,
	type        $TEXT NOT NULL,
	value       $TEXT NOT NULL,
	source      $TEXT NOT NULL,
	link        $TEXT NOT NULL,
	PRIMARY KEY (application, input)
);
