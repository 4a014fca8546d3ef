-- Pages whose text the region writes itself: what every public site must say, and what planning stands on.
CREATE TABLE static_page (
	id             $ID,
	version        $INT NOT NULL,
	address        $TEXT NOT NULL UNIQUE,
	title          $TEXT NOT NULL,
	help           $TEXT NOT NULL,
	section        $TEXT NOT NULL,
	required_parts $TEXT NOT NULL,
	review_months  $INT,
	position       $INT
);

-- Versions of their texts. A draft (one of a page at most) changes; what was published stays as it is.
CREATE TABLE static_page_version (
	id           $ID,
	version      $INT NOT NULL,
	page         $INT NOT NULL REFERENCES static_page (id),
	no           $INT NOT NULL,
	state        $TEXT NOT NULL CHECK (state IN ('draft', 'published')),
	title        $TEXT NOT NULL,
	lead         $TEXT NOT NULL,
	body         $TEXT NOT NULL,
	holds_from   $TEXT,
	note         $TEXT NOT NULL,
	account      $INT,
	author       $TEXT NOT NULL,
	made_at      $TEXT NOT NULL,
	published_by $TEXT NOT NULL,
	published_at $TEXT,
	indexed      $INT NOT NULL,
	UNIQUE (page, no)
);
CREATE INDEX static_page_version_page ON static_page_version (page, state, holds_from, no);
CREATE UNIQUE INDEX static_page_version_draft ON static_page_version (page) WHERE state = 'draft';

-- Somebody read the text and it still holds.
CREATE TABLE static_page_review (
	id      $ID,
	page    $INT NOT NULL REFERENCES static_page (id),
	on_day  $TEXT NOT NULL,
	account $INT NOT NULL,
	who     $TEXT NOT NULL,
	note    $TEXT NOT NULL
);
CREATE INDEX static_page_review_page ON static_page_review (page, on_day, id);
