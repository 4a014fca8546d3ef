-- Processing of the person's data is restricted (article 18 of GDPR): kept, but neither used nor erased. Why and since when: person_restriction.
ALTER TABLE account ADD COLUMN restricted $INT NOT NULL DEFAULT 0;
