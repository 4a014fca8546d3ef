-- Rehearsals of rule sets.

-- name: rehearsal_add
-- A rehearsal ($1) of a version ($2) against another ($3): digests of both, kinds of records, years, counts of records, of changed ones and of changed results, rules that only one has, when.
INSERT INTO rule_rehearsal (id, rule_set, against, digest_before, digest_after, kinds, year_from, year_to, cases, changed_cases, changed, only_before, only_after, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: rehearsal_total_add
-- What a rehearsal ($2) says of a rule ($3, $4): records it was computed for, changed ones, sums before and after and their difference.
INSERT INTO rule_rehearsal_total (id, rehearsal, rule, title, computed, changed, before_sum, after_sum, difference) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: rehearsal_change_add
-- One result of a rehearsal ($2) that would change: kind, number and name of the record, rule and its title, before, after, difference.
INSERT INTO rule_rehearsal_change (id, rehearsal, kind, object, label, rule, title, before, after, difference) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: rehearsals_of_version
-- Rehearsals of a version ($1), the newest first.
SELECT r.id, r.rule_set, r.against, r.digest_before, r.digest_after, r.kinds, r.year_from, r.year_to, r.cases, r.changed_cases, r.changed, r.only_before, r.only_after, r.made_at, s.no
  FROM rule_rehearsal r
  JOIN rule_set s ON s.id = r.against
 WHERE r.rule_set = $1
 ORDER BY r.id DESC

-- name: rehearsal_totals
-- Per rule of a rehearsal ($1), in the order of the set.
SELECT rule, title, computed, changed, before_sum, after_sum, difference FROM rule_rehearsal_total WHERE rehearsal = $1 ORDER BY id

-- name: rehearsal_changes
-- Results of a rehearsal ($1) that would change, in the order of records and rules.
SELECT kind, object, label, rule, title, before, after, difference FROM rule_rehearsal_change WHERE rehearsal = $1 ORDER BY id
