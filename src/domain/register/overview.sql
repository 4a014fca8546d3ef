-- What start pages ask of the register, as of a day ($1) and as known at an instant ($2) where things are dated.

-- name: register_freshness
-- Services in operation, of provider $3 or of all (0), and those of them that nobody confirmed after a day ($4).
SELECT COUNT(*), COUNT(*) FILTER (WHERE s.confirmed_on IS NULL OR s.confirmed_on <= $4)
  FROM service s
 WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to >= $1)
   AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)
   AND s.merged_into IS NULL AND (s.provider = $3 OR $3 = 0)
   AND (s.provided_from IS NULL OR s.provided_from <= $1) AND (s.provided_to IS NULL OR s.provided_to >= $1)

-- name: register_suggestions_answered
-- Suggestions of an account ($1) that were decided since an instant ($2).
SELECT COUNT(*) FROM register_suggestion WHERE account = $1 AND decided_at >= $2 AND state IN ('accepted', 'rejected')
