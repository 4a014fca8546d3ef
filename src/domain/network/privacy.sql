-- What applications and their scoring hold about a person with an account.

-- name: network_person_all
-- What a person ($1) has applied for, scored and proposed.
SELECT 'žádost o zařazení do sítě', name, made_at FROM network_application WHERE owner = $1
UNION ALL
SELECT 'hodnocení žádosti', a.name, s.made_at FROM score_sheet s JOIN network_application a ON a.id = s.application WHERE s.reviewer = $1
UNION ALL
SELECT 'návrh k síti', title, made_at FROM draft_proposal WHERE owner = $1
ORDER BY 3

-- name: network_person_erase
-- The author ($1) of applications is forgotten; the applications stay.
UPDATE network_application SET owner = 0, author = '', version = version + 1 WHERE owner = $1

-- name: network_person_proposals_erase
-- The same of proposals of coordinators.
UPDATE draft_proposal SET owner = 0, author = '', version = version + 1 WHERE owner = $1
