-- What somebody decided about topics, what posts define, and the same topics in other lists.

ALTER TABLE topic ADD COLUMN merged_by_hand TEXT;
ALTER TABLE topic ADD COLUMN apart TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topic ADD COLUMN defines TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topic ADD COLUMN exact_match TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topic ADD COLUMN close_match TEXT NOT NULL DEFAULT '[]';
