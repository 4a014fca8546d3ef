-- Restrictions from before accounts knew of them.
UPDATE account SET restricted = 1 WHERE id IN (SELECT account FROM person_restriction);
