-- Lists read what they need of versions without their long texts, in the order of titles.

CREATE INDEX document_version_list ON document_version (document, no, state, valid_from, frozen_at, withdrawn_at, file);
CREATE INDEX document_by_title ON document (title_sort, id);
