-- Which line of the network an application became: of the working copy until the version is approved, then of the network.
CREATE TABLE application_line (
	id          $ID,
	version     $INT NOT NULL,
	application $INT NOT NULL REFERENCES network_application (id),
	by_version  $INT NOT NULL REFERENCES network_version (id),
	draft_line  $INT,
	line        $INT,
	author      $TEXT NOT NULL,
	made_at     $TEXT NOT NULL
);
CREATE UNIQUE INDEX application_line_once ON application_line (application);
CREATE INDEX application_line_by_version ON application_line (by_version);
CREATE INDEX application_line_by_draft_line ON application_line (draft_line);
