-- What read a post stands in `indexed`: "tier name version". In `read` stands the seq it was indexed with, which it keeps
-- when its author's account moves; whatever was read up to the change `forgotten` is to be read anew. `is_degraded` says
-- that the reader failed on it.
ALTER TABLE post ADD COLUMN read INTEGER;
ALTER TABLE post ADD COLUMN is_degraded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX post_degraded ON post (job) WHERE is_degraded;
INSERT INTO sequence VALUES ('forgotten', 0);
