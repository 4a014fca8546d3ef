-- Frozen versions that nobody outside reads yet: a draft that steering groups discuss before it is opened for comments.

CREATE TABLE document_held (
	document_version $INT NOT NULL PRIMARY KEY REFERENCES document_version (id)
);
