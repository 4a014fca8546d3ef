-- What a frozen version of a plan says in its annex 2: everybody reads this one, while the outlook of an update is being written. Amounts are written once.
CREATE TABLE plan_frozen_outlook (
	document_version $INT PRIMARY KEY REFERENCES document_version (id),
	note             $TEXT NOT NULL,
	accepted_missing $INT,
	accepted_why     $TEXT NOT NULL,
	accepted_at      $TEXT
);
CREATE TABLE plan_frozen_outlook_cell (
	document_version $INT NOT NULL REFERENCES document_version (id),
	part             $TEXT NOT NULL,
	item             $TEXT NOT NULL,
	year             $INT NOT NULL,
	amount           $INT NOT NULL,
	PRIMARY KEY (document_version, part, item, year)
);

-- Outlooks that nobody may change now are those of the newest frozen version; while comments are settled, it is the one that everybody has read so far.
INSERT INTO plan_frozen_outlook (document_version, note, accepted_missing, accepted_why, accepted_at)
SELECT p.newest_version, o.note, o.accepted_missing, o.accepted_why, o.accepted_at FROM plan p JOIN plan_outlook o ON o.plan = p.id
 WHERE p.newest_version IS NOT NULL AND p.state NOT IN ('preparing', 'drafting');
INSERT INTO plan_frozen_outlook_cell (document_version, part, item, year, amount)
SELECT p.newest_version, e.part, e.item, e.year, e.amount FROM plan p JOIN plan_outlook o ON o.plan = p.id JOIN plan_outlook_cell e ON e.outlook = o.id
 WHERE p.newest_version IS NOT NULL AND p.state NOT IN ('preparing', 'drafting');
