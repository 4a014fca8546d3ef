-- Texts of pages and announcements belong to the library; these tables never had a row.
DROP TABLE site_text;
DROP TABLE site_notice;
