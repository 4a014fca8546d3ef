-- Answers to questions about a record that everybody may read, asked by people who were told so: they are public, without who asked.
ALTER TABLE question ADD COLUMN is_public $INT NOT NULL DEFAULT 0;
